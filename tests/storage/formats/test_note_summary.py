"""What a note says where nobody wrote a summary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article, Image
from storage.formats.note_summary import are_alike, may_be_alike, summary_text

SENTENCE = "A **bold** sentence of [some](https://a.org/x_(y)) length."
ITEM = "- an item of a list"


def summary(body: str, *, excerpt: str = "", text: str = "plain", images: tuple[Image, ...] = ()) -> str:
    return summary_text(Article(url="https://x.org/", body=body, excerpt=excerpt, text=text, images=images))


def test_paragraphs_lists_and_quotes_keep_their_marks() -> None:
    body = "One **bold** [link](https://a.org/).\n\n- a\n- b\n  1. c\n\n> said\n>\n> twice"
    assert summary(body) == body


@pytest.mark.parametrize(
    "left_out",
    [
        "## A heading",
        "A heading\n---",
        "```py\n# code\n\nmore\n```",
        "    code",
        "| a | b |\n|---|---|\n| c | d |",
        '![alt](https://a.org/p.png "title")',
        "[![alt](https://a.org/p_(1).png)](https://a.org/)",
        "![](https://a.org/p.png)\n\n*A caption.*",
        "- item\n\n      code",
        "> ## heading",
        "<div>raw</div>",
        "---",
    ],
)
@pytest.mark.parametrize("pattern", ["{}\n\nOne.\n\nTwo.", "One.\n\n{}\n\nTwo.", "One.\n\nTwo.\n\n{}"])
def test_headings_pictures_tables_and_code_are_left_out(left_out: str, pattern: str) -> None:
    images = (Image("https://a.org/p.png", caption="A caption."),)
    assert summary(pattern.format(left_out), images=images) == "One.\n\nTwo."


def test_a_picture_among_words_goes_alone() -> None:
    assert summary("words ![alt](u) around [![z](w)](v)") == "words around"
    assert summary("One.\n\nwords ![alt][ref]\n\n[ref]: u") == "One."


def test_only_whole_blocks_are_taken() -> None:
    paragraph = " ".join([SENTENCE] * 5)
    items = "\n".join([ITEM] * 60)
    assert summary(f"{paragraph}\n\n{items}") == paragraph
    assert summary("\n\n".join([paragraph] * 9)) == "\n\n".join([paragraph] * 4)


def test_a_long_first_paragraph_is_cut_after_a_sentence_and_its_marks() -> None:
    for before in ("", "Short.\n\n"):
        found = summary(before + " ".join([SENTENCE] * 50))
        assert 1100 < len(found) <= 1200
        assert found.startswith(f"{before}{SENTENCE} ")
        assert found.endswith(f" {SENTENCE}")
    found = summary(f"**{'One sentence. ' * 200}end.**")
    assert found.endswith("sentence.")
    assert "*" not in found


def test_a_long_first_list_is_cut_after_an_item() -> None:
    lines = summary("\n".join([ITEM] * 90)).split("\n")
    assert 1100 < len("\n".join(lines)) <= 1200
    assert set(lines) == {ITEM}


def test_what_leads_up_to_nothing_is_left_out() -> None:
    assert summary("One.\n\nThis is the code:\n\n```\nx\n```") == "One."
    assert summary("One.\n\n**Bold as a heading**\n\n- a\n- b\n\n**The next**") == (
        "One.\n\n**Bold as a heading**\n\n- a\n- b"
    )


@pytest.mark.parametrize(
    "excerpt",
    [
        "The harbour council voted on the new budget on Monday night…",
        "The harbour council voted on the *new* budget on Monday, after",
        "HARBOUR — The harbour council voted on the new budget on Monday night, after a debate of five hours.",
    ],
)
def test_an_excerpt_nearly_as_the_first_paragraph_is_not_repeated(excerpt: str) -> None:
    body = "The **harbour council** voted on the new budget on Monday night, after a debate of five hours."
    assert summary(body, excerpt=excerpt) == body
    assert summary("", excerpt=excerpt, text=body.replace("*", "")) == body.replace("*", "")


def test_an_excerpt_of_its_own_comes_first() -> None:
    assert summary("It rained.", excerpt="What the page says of itself.") == (
        "What the page says of itself.\n\nIt rained."
    )
    assert summary("# Only a heading", excerpt="", text="Plain.") == "Plain."


def test_markdown_made_to_be_slow_is_taken_as_plain_text() -> None:
    assert summary("![a" * 100_000, text="The text.") == "The text."


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_quick_look_at_two_texts_refuses_none_that_are_alike(found: str, wanted: str) -> None:
    if are_alike(found, wanted):
        assert found == wanted or may_be_alike(found, wanted)


def test_the_quick_look_refuses_texts_about_different_things() -> None:
    assert not may_be_alike("theharbourmastercountedtheboats" * 5, "yesterdaynobodywenttothetheatre" * 5)
