import time

import pytest

from crawler.extract.wording import one_line, plain_line

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    "text", [PERSIAN, FAMILY, "Laub\u00advogel", "\u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22", "\U000e0067", "\ue000"]
)
def test_characters_that_do_not_show_stay_in_a_line(text: str) -> None:
    assert one_line(text) == text
    assert plain_line(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\0b\tc\nd\x1be\x9bf", "a b c d e f"),
        ("a\u2028b\u2029c\u00a0d\u3000e", "a b c d e"),
        ("a\ud800b", "a b"),
        ("\u202eevil\u202c, \u2067right\u2069 \u200e", "evil, right"),
    ],
)
def test_a_line_has_no_breaks_and_no_direction_of_its_own(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("How the &lt;b&gt; tag", "How the <b> tag"),
        ("How the &lt;b&gt;bold&lt;/b&gt; tag", "How the <b>bold</b> tag"),
        ("How the <b> tag works", "How the <b> tag works"),
        ("Is <b>this <i>it</i></b>?", "Is this it ?"),
        ("<p>Cut off in the mid", "Cut off in the mid"),
        ("Two<br/>lines, <img src=x.png> one", "Two lines, one"),
        ("Tom &amp; Jerry&#8217;s", "Tom & Jerry\u2019s"),
        ("Write &amp;amp; for it", "Write &amp; for it"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_mark_up_is_taken_out_before_entities_are_resolved(text: str, line: str) -> None:
    assert plain_line(text) == line


@pytest.mark.parametrize("piece", ["<", "<a ", "<a =", "<a>", "</a>", "<a x=", "<b><b>x</b>"])
def test_odd_mark_up_costs_little(piece: str) -> None:
    begun = time.process_time()
    plain_line(piece * 50_000)
    assert time.process_time() - begun < 5
