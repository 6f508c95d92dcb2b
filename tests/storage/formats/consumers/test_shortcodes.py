"""Shortcodes come out as they were typed. Hugo's is tested with Hugo too; Zola's against its grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.formats.consumers.liquid import in_raw
from storage.formats.consumers.shortcodes import (
    HUGO_CLOSINGS,
    HUGO_OPENING,
    without_hugo_shortcodes,
    without_zola_shortcodes,
    zola_pieces,
)

PARTS = (
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "/*",
    "*/",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "x()",
    ' x(a="b") ',
    "end",
    " ",
    "<",
    "\n",
)
BRACES = st.lists(st.sampled_from([*PARTS, "a", "'", "[1]", "{% x() %}", "{% end %}", "{{ x() }}"])).map("".join)


def as_hugo_reads(body: str) -> str:
    """What Hugo makes of a body whose shortcodes are all comments (parser/pageparser/pagelexer_shortcode.go)."""
    parts = []
    while opening := HUGO_OPENING.search(body):
        assert body.startswith("/*", opening.end())
        closing = f"*/{HUGO_CLOSINGS[opening[1]]}"
        end = body.index(closing, opening.end())
        assert end - opening.end() > 1
        parts.append(body[: opening.end()] + body[opening.end() + 2 : end] + closing[2:])
        body = body[end + len(closing) :]
    return "".join([*parts, body])


@given(BRACES)
def test_hugo_shows_every_body_as_it_was(body: str) -> None:
    shown = as_hugo_reads(without_hugo_shortcodes(body))
    assert shown.removesuffix("\n[//]: # (>}})\n").removesuffix("\n[//]: # (%}})\n") == body


@given(BRACES)
def test_zola_evaluates_nothing(body: str) -> None:
    shown = [piece.shown for piece in zola_pieces(without_zola_shortcodes(body))]
    assert None not in shown
    assert "".join(filter(None, shown)).replace("\u2060", "") == body


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("{{ x }} {% if x %}", "{{ x }} {% if x %}"),
        ('a {{ x(a="b", c=[1, "d"], e=-1.5) }}', 'a {{/* x(a="b", c=[1, "d"], e=-1.5) */}}'),
        ("{% x() %}y{{ z() }}{% end %}", "{%/* x() */%}y{{ z() }}{%/* end */%}"),
        ("{% x() %}y", "{% x() %}y"),
        ("{{/* x() */}}", "{\u2060{/* x() */}}"),
        ("{{ x(a=[1, [2], []]) }}", "{{/* x(a=[1, [2], []]) */}}"),
        ("{{ x(a=[1, [[2, [3]]]]) }}", "{\u2060{ x(a=[1, [[2, [3]]]]) }}"),
    ],
)
def test_only_what_zola_would_evaluate_becomes_a_comment(body: str, written: str) -> None:
    assert without_zola_shortcodes(body) == written


def test_a_body_of_nothing_but_openings_takes_no_time() -> None:
    for part in ("{{ x(a='", "{% x() %}", "{{ x(a=[1,", "{{ x(a=[[", "{{<", "{{ x( ", "{% x(a=1 a=1 a=1 "):
        without_zola_shortcodes(part * 20_000)
        without_hugo_shortcodes(part * 20_000)


def test_an_end_of_a_raw_block_is_put_together_of_two_texts() -> None:
    assert in_raw("a {%- endraw %} b\n") == (
        '{% raw %}\na {% endraw %}{{ "{%" }}{% raw %}- endraw %} b\n{% endraw %}\n'
    )
