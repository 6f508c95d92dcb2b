"""What is prose in a body, and what generators read behind a heading or a fence."""

import re

import pytest

from storage.formats.consumers.prose import outside_code, prose_lines, without_attributes


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("## A {#x onclick=y}\n", "## A \\{#x onclick=y}\n"),
        ("## A `{b}`\n", "## A `{b}`\n"),
        ("A {x}\n===\n", "A \\{x}\n===\n"),
        ("> # A {x}\n", "> # A \\{x}\n"),
        ("A {x}\n\nB {y}\n", "A {x}\n\nB {y}\n"),
        ('```js {linenostart="x"}\n{}\n```\n', "```js\n{}\n```\n"),
        ("- ~~~ c++ title\n  x\n  ~~~\n", "- ~~~c++\n  x\n  ~~~\n"),
        ("~~~ {x}\n~~~\n", "~~~\n~~~\n"),
        ("~~~ a~~~b\nx\n", "~~~a\nx\n"),
        ("```\n# A {x}\n```\n", "```\n# A {x}\n```\n"),
        ("```\n```js {x}\n```\n", "```\n```js {x}\n```\n"),
    ],
)
def test_a_heading_and_a_fence_say_what_markdown_has_them_say(body: str, written: str) -> None:
    assert without_attributes(body) == written


def test_code_is_no_prose() -> None:
    assert prose_lines("a\n\n```\nb\n```\n\n    c\n- d") == {0, 1, 5, 7}
    assert outside_code("x `x` \\x ``x ` x`` x", re.compile("x"), "y") == "y `x` \\x ``x ` x`` y"
