import time

import pytest

from crawler.extract.document import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, ParsedPage, has_depth, parse_page
from crawler.extract.mending import mend


def parsed(body: str) -> ParsedPage:
    page = parse_page(f"<html><body>{body}</body></html>".encode())
    assert page is not None
    return page


def text(page: ParsedPage) -> str:
    return "".join(str(part) for part in page.tree.itertext())


def test_deep_nesting_is_flattened_and_loses_nothing() -> None:
    page = parsed("<div>" * 1500 + "deep" + "</div>" * 1500 + "<p>after</p>")
    assert text(page).split() == ["deep", "after"]
    assert not has_depth(page.tree, MAX_DEPTH + 1)
    assert page.cuts == ()


def test_words_of_blocks_that_lie_too_deep_stay_apart_and_scripts_are_none() -> None:
    deep = "<ul><li>one</li><li>two</li></ul><table><tr><td>c1</td><td>c2</td></tr></table><pre>a = 1\nb = 2</pre>"
    silent = "<script>x()</script><style>b {}</style><svg><text>label</text></svg>"
    page = parsed("<div>" * 220 + deep + silent + "<span>end</span>" + "</div>" * 220)
    assert text(page).split() == ["one", "two", "c1", "c2", "a", "=", "1", "b", "=", "2", "end"]
    assert [element.text for element in page.tree.iter("pre")] == ["a = 1\nb = 2"]


def test_nesting_deeper_than_the_parser_goes_is_taken_out() -> None:
    page = parsed("<div>" * 20_000 + "deep" + "</div>" * 20_000 + "<p>after</p>")
    assert text(page).split() == ["deepafter"] or text(page).split() == ["deep", "after"]
    assert "nested" in page.cuts[0]


def test_a_huge_text_does_not_cut_what_follows() -> None:
    assert text(parsed("<p>" + "word " * 2_200_000 + "</p><p>after</p>")).endswith("after")


def test_elements_beyond_the_limit_are_cut_and_counted() -> None:
    page = parsed("<p>x</p>" * (MAX_ELEMENTS + 10))
    assert page.elements > MAX_ELEMENTS
    assert len(list(page.tree.iter())) <= MAX_ELEMENTS
    assert f"{page.elements:,} elements" in page.cuts[0]


def test_attributes_beyond_the_limit_are_cut() -> None:
    for value in ("1", '">"', "'<'", '""'):
        page = parsed("<p b='<i>' " + " ".join(f"a{number}={value}" for number in range(5999)) + ">kept</p>")
        element = page.tree.find(".//p")
        assert element is not None
        assert len(element.attrib) == MAX_ATTRIBUTES
        assert text(page) == "kept"
        assert "6,000 attributes" in page.cuts[0]


def test_a_script_is_no_tag_however_many_words_it_has() -> None:
    script = "if (a<b) { " + " ".join(f"x{number} = 'y';" for number in range(3000)) + " }"
    page = parsed(f"<script>{script}</script><p>kept</p>")
    assert text(page) == f"{script}kept"
    assert page.cuts == ()


def test_a_doctype_inside_the_page_is_dropped() -> None:
    assert text(parsed("<p>a</p><svg><!DOCTYPE html></svg><p>b</p>")) == "ab"


def test_control_characters_never_reach_the_tree() -> None:
    assert text(parsed("a\x00b&#0;c&#x1F;d&#31;e&#99999999999999;f\x0b")).replace("�", "") == "abcdef"


def test_nothing_but_a_comment_is_no_page() -> None:
    assert parse_page(b"<!-- nothing -->") is None
    assert parse_page(b"  \n ") is None


@pytest.mark.parametrize("end", ["</body>", "</html>", "</BODY\n></html >", "</body></html><!-- made by a machine -->"])
def test_what_follows_an_early_end_of_the_body_is_in_it(end: str) -> None:
    page = parsed(f"<p>before</p>{end}<p>after</p>")
    body = page.tree.find("body")
    assert body is not None
    assert [element.text for element in body.iter("p")] == ["before", "after"]


@pytest.mark.parametrize(
    "opened",
    ["<a name=top>", "<a name=top><b><i>", "<svg><path d='M0 0'>", "<svg><g>", "<math><mi>x"],
)
def test_what_is_left_open_hides_no_paragraph_and_links_none(opened: str) -> None:
    page = parsed(f"<div>{opened}<p>after</p></div>")
    paragraph = page.tree.find(".//p")
    assert paragraph is not None
    assert not {"a", "svg", "math"} & {parent.tag for parent in paragraph.iterancestors()}


@pytest.mark.parametrize("tag", ["div", "h2", "ul"])
def test_a_drawing_that_is_left_open_ends_where_a_block_begins(tag: str) -> None:
    page = parsed(f"<div><svg><path d='M0 0'><{tag}>after</{tag}></div>")
    block = page.tree.find(f".//svg//{tag}")
    assert block is None
    assert "after" in text(page)


def test_a_link_around_a_paragraph_stays_one_and_so_does_the_text_of_a_drawing() -> None:
    page = parsed("<a href='/x'><p>linked</p></a><svg><foreignObject><p>drawn</p></foreignObject></svg>")
    assert {"a", "svg"} <= {element.tag for element in page.tree.iter()}


@pytest.mark.parametrize(
    "held",
    [
        "<svg><title>Icon</title><desc><div>words</div></desc></svg>",
        "<math><semantics><mi>x</mi><annotation-xml><div>x</div></annotation-xml></semantics></math>",
    ],
)
def test_a_block_may_stand_in_what_describes_a_drawing_or_a_formula(held: str) -> None:
    page = parsed(held)
    assert {"svg", "math"} & {element.tag for element in page.tree.iter()}


def test_drawings_in_one_another_around_many_paragraphs_are_looked_at_once() -> None:
    begun = time.process_time()
    parsed("<svg>" * 180 + "<foreignObject>" + "<p>k</p>" * 20_000)
    assert time.process_time() - begun < 2


def test_cells_without_a_row_get_one() -> None:
    page = parsed("<table><td>a<td>b<tbody><td>c</tbody><tr><td>d</table><td>e")
    rows = ["".join(map(str, row.itertext())) for row in page.tree.iter("tr")]
    assert rows == ["ab", "c", "d"]
    assert text(page) == "abcde"


def test_paragraphs_that_lie_too_deep_stay_paragraphs() -> None:
    page = parsed("<section>" * 500 + "<h2>deep</h2><p>one <b>word</b></p><p>two" + "</section>" * 500)
    assert [(element.tag, "".join(map(str, element.itertext()))) for element in page.tree.iter("h2", "p")] == [
        ("h2", "deep"),
        ("p", "one word"),
        ("p", "two"),
    ]
    assert not has_depth(page.tree, MAX_DEPTH + 1)


def test_elements_of_any_name_may_nest_beyond_what_the_parser_reads() -> None:
    page = parsed("<x-y><dl><dd>" * 2000 + "<h2>deep</h2>" + "</dd></dl></x-y>" * 2000 + "<p>after</p>")
    assert text(page).split() == ["deepafter"]
    assert "nested" in page.cuts[0]


def test_many_tags_of_many_attributes_are_looked_at_once() -> None:
    tags = ("<p " + " ".join(f'a{number}="1"' for number in range(1900)) + ">x</p>") * 50
    begun = time.process_time()
    assert mend(tags).text == tags
    assert time.process_time() - begun < 2
