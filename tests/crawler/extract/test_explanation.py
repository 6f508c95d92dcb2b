"""How a page was read: the evidence for each field, the blocks kept and left out, and what became of a rule."""

import json
from typing import Any

import pytest

from crawler.extract.blocks import MOST_KEPT, MOST_LEFT_OUT, BlockReport
from crawler.extract.explanation import Explanation, explain_page
from crawler.extract.extraction import RawPage
from crawler.extract.fields import POLICIES
from crawler.extract.page import read_page
from crawler.extract.sites.rule import RuleSettings
from crawler.extract.sites.site import Site

URL = "https://news.example.org/2026/04/03/bowers"
SENTENCE = "The bowerbird gathers what is blue and lays it out before its bower, piece by piece. "
HEAD = (
    "<title>Bowers | News</title><meta name='author' content='Anna Berg'><meta property='og:title' content='Bowers'>"
    "<meta property='article:published_time' content='2026-04-03T08:00:00Z'>"
)
MENU = "<nav id='menu'><a href='/'>Home of the whole paper</a> <a href='/n'>News from all over the world</a></nav>"
HIDDEN = "<div class='modal' style='display:none'>Subscribe to the letter that we send to everybody.</div>"
LINKS = "<div class='more'>" + "".join(f"<a href='/{n}'>Another story, number {n}</a> " for n in range(4)) + "</div>"
CODE = "<pre><code>bower = [blue, blue]</code></pre>"


def page(*, head: str = HEAD, body: str = "") -> bytes:
    story = f"<p>{SENTENCE * 3}</p>{CODE}<p>{SENTENCE * 3}</p>"
    main = f"<article class='story wide'><h1>Bowers</h1>{story}{body}</article>"
    return f"<html lang='en'><head>{head}</head><body>{MENU}{main}{HIDDEN}{LINKS}</body></html>".encode()


def rule(**keys: Any) -> Site:
    return RuleSettings.model_validate({"site": "example.org", **keys}).rule


def explained(html: bytes, *rules: Site, url: str = URL, selector: str | None = None) -> Explanation:
    raw = RawPage(html=html, url=url, rules=rules, body_selector=selector)
    explanation = explain_page(raw, "page")
    assert json.loads(json.dumps(explanation)) == explanation
    assert (explanation["reason"], explanation["id"]) == (read_page(raw).judgement.reason, "page")
    return explanation


def at(blocks: list[BlockReport], path: str) -> BlockReport:
    (block,) = [block for block in blocks if block["path"] == path]
    return block


def test_each_field_tells_what_won_and_what_the_other_sources_had() -> None:
    fields = explained(page())["fields"]
    assert list(fields) == list(POLICIES)
    title = fields["title"]
    assert (title["value"], title["origin"], title["confidence"]) == ("Bowers", "html", "sure")
    had = [(source["origin"], source["value"], source["is_chosen"]) for source in title["sources"] if source["value"]]
    assert had == [
        ("html", "Bowers", True),
        ("html", "Bowers", False),
        ("opengraph", "Bowers", False),
        ("html", "Bowers | News", False),
        ("html", "Bowers", False),
    ]
    assert (fields["authors"]["value"], fields["authors"]["origin"]) == (["Anna Berg"], "meta")
    dates = {source["origin"]: source["value"] for source in fields["published_at"]["sources"] if source["value"]}
    assert dates == {"meta": "2026-04-03T08:00:00+00:00", "url": "2026-04-03"}
    assert (fields["license"]["value"], fields["license"]["origin"]) == (None, None)


def test_a_guess_is_told_as_one() -> None:
    day = "<h1>Bowers</h1><p class='post-meta'>Published: 2 January 2026</p>"
    fields = explained(page(head="<title>x</title>", body=day), url="")["fields"]
    for field in fields.values():
        assert sum(source["is_chosen"] for source in field["sources"]) == (field["origin"] is not None)
    chosen = next(source for source in fields["published_at"]["sources"] if source["is_chosen"])
    assert (chosen["origin"], chosen["value"], chosen["confidence"]) == ("text", "2026-01-02", "guess")


def test_kept_blocks_stand_in_the_order_of_the_page_with_what_was_kept_of_each() -> None:
    explanation = explained(page())
    assert explanation["chosen_by"] == "trafilatura"
    tags = [block["path"].rpartition(" > ")[2] for block in explanation["kept"]]
    assert tags == ["h1", "p", "pre", "p"]
    first = explanation["kept"][1]
    assert (first["path"], first["text"]) == ("article.story.wide > p", SENTENCE[:80])
    assert first["kept"] == first["characters"] == len((SENTENCE * 3).strip())
    assert explanation["kept"][0]["why"] == "it is the title, a field of its own"
    assert explanation["kept_count"] == 4


def test_what_is_left_out_is_told_with_the_reason() -> None:
    blocks = explained(page())["left_out"]
    assert at(blocks, "nav#menu")["why"] == "not chosen: it is part of a menu"
    assert at(blocks, "div.modal")["why"] == "the page hides it"
    assert at(blocks, "div.modal")["text"].startswith("Subscribe to the letter")
    assert at(blocks, "div.more")["why"].endswith("% of it are links")
    assert all(block["kept"] == 0 for block in blocks)


def test_the_heading_of_teasers_is_not_told_as_kept() -> None:
    html = page(body=f"<h2>Read more</h2>{LINKS}")
    explanation = explained(html)
    assert "Read more" not in [block["text"] for block in explanation["kept"]]


def test_a_rule_is_told_with_what_it_found_and_what_not() -> None:
    explanation = explained(page(), rule(body=[".none", ".story"], remove=".story pre", title="h1", authors=".none"))
    assert explanation["rule"] == {
        "site": "example.org",
        "is_used": True,
        "body": ".story",
        "without": ["authors"],
    }
    assert explanation["chosen_by"] == "the selector .story"
    assert explanation["fields"]["title"]["origin"] == "site"
    assert at(explanation["left_out"], "article.story.wide > pre")["why"] == "the rule removes it"
    assert at(explanation["left_out"], "nav#menu")["why"] == "outside of what the selector chose"
    assert {block["why"] for block in explanation["kept"][1:]} == {"the selector chose it"}


def test_a_rule_whose_body_is_not_on_the_page_is_told_and_not_used() -> None:
    explanation = explained(page(), rule(body=".gone", remove=".story pre"))
    assert explanation["rule"] == {"site": "example.org", "is_used": False, "body": None, "without": ["body"]}
    assert explanation["chosen_by"] == "trafilatura"
    assert "the rule removes it" not in {block["why"] for block in explanation["left_out"]}


def test_a_rule_without_a_body_leaves_the_choice() -> None:
    explanation = explained(page(), rule(title="h1", tags=".none"))
    assert explanation["rule"] == {"site": "example.org", "is_used": True, "body": None, "without": ["tags"]}
    assert explanation["chosen_by"] == "trafilatura"
    tags = explanation["fields"]["tags"]
    assert (tags["value"], tags["origin"]) == ([], None)


def test_a_page_of_no_rule_has_none_and_a_sources_own_body_comes_before_one() -> None:
    assert explained(page())["rule"] is None
    explanation = explained(page(), rule(body=".story"), selector=".more")
    assert (explanation["rule"], explanation["chosen_by"]) == (None, "the selector .more")


@pytest.mark.parametrize(
    ("html", "outcome"),
    [(b"", "too_short"), (b"%PDF-1.7\n", "unsupported_type"), (b"<!-- x -->", "too_short")],
    ids=["empty", "pdf", "comment"],
)
def test_a_page_that_never_became_a_tree_tells_why(html: bytes, outcome: str) -> None:
    explanation = explained(html)
    assert (explanation["outcome"], explanation["fields"], explanation["kept"]) == (outcome, {}, [])


def test_a_page_without_a_text_still_tells_what_it_says_of_itself() -> None:
    explanation = explained(f"<html><head>{HEAD}</head><body><p>Three words only.</p></body></html>".encode())
    assert explanation["outcome"] == "too_short"
    assert explanation["fields"]["title"]["value"] == "Bowers"


def test_a_huge_page_is_told_in_bounds() -> None:
    words = "".join(f"<p>Paragraph {n} of a text that goes on and on for a while. {SENTENCE}</p>" for n in range(700))
    links = (f"<div><a href='/{n}'>A link that leads to page {n} of this site, over there</a></div>" for n in range(90))
    menus = "".join(links)
    body = f"<article>{words}</article><div>{menus}{HIDDEN * 99}</div>"
    explanation = explained(f"<html><body>{body}</body></html>".encode())
    assert (len(explanation["kept"]), explanation["kept_count"]) == (MOST_KEPT, 700)
    assert (len(explanation["left_out"]), explanation["left_out_count"]) == (MOST_LEFT_OUT, 100)
