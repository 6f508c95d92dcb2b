"""What is recognised by sight is what the parser finds."""

from hypothesis import given
from hypothesis import strategies as st

from storage.formats.markdown_outline import outline, parsed_blocks, part_ends

PIECES = st.sampled_from(
    [
        *[
            "a",
            "Word",
            "é",
            "中",
            "“q”",
            "3",
            "0",
            "\n",
            "\n",
            "\n\n",
            "\n\n",
            "\n \n",
            "    ",
            "  ",
            "\t",
            "\0",
            "\xa0",
        ],
        *[
            "**b**",
            "*a c*",
            "**b, c.**",
            ", ",
            "😀",
            "€",
            "**",
            "*x",
            "_y_",
            "`c`",
            "``",
            "```",
            "~~~",
            "~~",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "12)",
            "123456789)",
            "> ",
        ],
        *["# ", "#", "##", "<div>", "</div>", "<!--", "-->", "<script>", "<b>", "< ", "|", "|---|", "---", "===", "="],
        *[
            "[label](https://x.org/a_b*c)",
            "[a](http://y)",
            "[x]",
            "(u)",
            "![",
            "](y)",
            "[r]: u",
            "]:",
            "\\",
            "&amp;",
            "& ",
        ],
    ]
)
MARKDOWN = st.lists(PIECES, max_size=25).map("".join)
Found = list[tuple[str, str, bool]]


def at_once(body: str) -> Found:
    blocks = parsed_blocks(body, ends=(len(body),))
    return [(block.source, block.words, block.is_paragraph) for block in blocks if block.source]


@given(MARKDOWN)
def test_an_outline_is_what_the_parser_finds_in_the_whole(body: str) -> None:
    body = body.replace("\0", "\ufffd")
    found = [(block.source, block.words, block.is_paragraph) for block in outline(body) if block.source]
    assert found == at_once(body)


@given(MARKDOWN.filter(lambda body: "]:" not in body), st.integers(1, 20))
def test_parts_give_what_the_whole_gives(body: str, step: int) -> None:
    ends = [end for end in range(step, len(body), step) if body[end - 1] == "\n"]
    found = parsed_blocks(body, ends=[*ends, len(body)])
    assert [(block.source, block.words, block.is_paragraph) for block in found if block.source] == at_once(body)


def test_a_link_is_found_however_late_it_is_defined() -> None:
    (block, *_) = outline("See [there] now.\n\n" + "Word.\n\n" * 2000 + "[there]: https://x.org/")
    assert block.words == "See there now."


def test_parts_end_with_lines_and_the_last_is_all() -> None:
    body = "word " * 400 + "\n" + "line\n" * 10_000
    ends = list(part_ends(body))
    assert ends == sorted(set(ends))
    assert len(ends) > 2
    assert ends[-1] == len(body)
    assert all(body[end - 1] == "\n" for end in ends)
    assert list(part_ends("x" * 5000)) == [5000]
