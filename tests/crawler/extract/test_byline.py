from collections.abc import Callable

import pytest

from crawler.extract.byline import marked_names, printed_names
from crawler.extract.clues import Clues

ReadClues = Callable[..., Clues]
ARTICLE = '<meta property="og:type" content="article">'
TEXT = "<p>" + "Words about bowers, and of what is blue in them. " * 30 + "</p>"


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Ada Bower</p>",
        "<p>By <a href='/x'>Ada Bower</a>, 2 April 2026</p>",
        "<div><span>By</span> <span>Ada Bower</span></div>",
        "<p>2 April 2026 by Ada Bower</p>",
        "<p>Von Ada Bower</p>",
        "<p>02.04.2026, 13:30 Uhr von Ada Bower</p>",
        "<p>Par Ada Bower</p>",
        "<p>Por Ada Bower</p>",
        "<p>Di Ada Bower</p>",
        "<p>Door Ada Bower</p>",
        "<p>Autor: Ada Bower</p>",
        "<p>Автор: Ada Bower</p>",
    ],
    ids=lambda line: line,
)
def test_a_line_that_says_by_whom_is_read_next_to_the_headline(clues_of: ReadClues, line: str) -> None:
    assert printed_names(clues_of("", f"<h1>Bowers of blue</h1>{line}{TEXT}")) == ("Ada Bower",)
    assert printed_names(clues_of("", f"<header>{line}<h1>Bowers of blue</h1></header>{TEXT}")) == ("Ada Bower",)


@pytest.mark.parametrize(
    ("line", "names"),
    [("<p>作者：青山花子</p>", ("青山花子",)), ("<p>文：青山花子</p>", ("青山花子",)), ("<p>by ibis</p>", ("ibis",))],
)
def test_pen_names_and_names_of_other_scripts_are_read(clues_of: ReadClues, line: str, names: tuple[str, ...]) -> None:
    assert printed_names(clues_of("", f"<h1>Bowers of blue</h1>{line}{TEXT}")) == names


@pytest.mark.parametrize(
    "line",
    [
        "<p>Paid by Special Financing</p>",
        "<p>It was seen by many people that year</p>",
        "<p>By the river</p>",
        "<p>Share this</p>",
        "<div class='comment'>by Ada Bower</div>",
        "<figure><figcaption>By Ada Bower</figcaption></figure>",
        "<footer><nav>by Ada Bower</nav></footer>",
        f"{TEXT}<p>by Ada Bower</p>",
    ],
    ids=lambda line: line[:40],
)
def test_other_lines_name_no_author(clues_of: ReadClues, line: str) -> None:
    assert printed_names(clues_of("", f"<h1>Bowers of blue</h1>{line}{TEXT}")) == ()


def test_only_the_first_mark_and_those_beside_it_are_the_authors(clues_of: ReadClues) -> None:
    marks = "<p><b class='author'>Ada Bower</b>, <b class='author'>Ben Nest</b></p>"
    answers = "<div><div><b class='author'>Cy Reed</b></div><p>I think so too.</p></div>"
    assert marked_names(clues_of("", f"<h1>T</h1><div>{marks}</div>{answers}")) == ("Ada Bower", "Ben Nest")


def test_a_role_in_an_element_of_its_own_is_no_name(clues_of: ReadClues) -> None:
    mark = "<div class='byline'><span>By</span><a href='/authors/ada'>Ada Bower</a><span>Tech Reporter</span></div>"
    assert marked_names(clues_of("", f"<h1>T</h1>{mark}")) == ("Ada Bower",)


def test_a_class_far_from_the_headline_counts_only_on_an_article(clues_of: ReadClues) -> None:
    body = f"<h1>Blue nest box</h1>{TEXT}<p class='author'>Ada Bower</p>"
    assert marked_names(clues_of("", body)) == ()
    assert marked_names(clues_of(ARTICLE, body)) == ("Ada Bower",)


@pytest.mark.parametrize("place", ["comments", "reviews", "testimonial", "related-posts", "card"])
def test_whoever_answers_or_wrote_something_else_is_no_author(clues_of: ReadClues, place: str) -> None:
    body = f"<h1>Blue</h1>{TEXT}<div class='{place}'><p class='author'>Ada Bower</p></div>"
    assert marked_names(clues_of(ARTICLE, body)) == ()


def test_the_author_of_a_review_is_not_the_page_s(clues_of: ReadClues) -> None:
    review = "<div itemscope itemtype='https://schema.org/Review'><b itemprop='author'>Ada Bower</b></div>"
    assert marked_names(clues_of("", f"<h1>Blue nest box</h1>{review}")) == ()
