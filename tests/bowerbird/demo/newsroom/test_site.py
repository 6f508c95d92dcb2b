"""The pages themselves: their metadata, their languages, their links."""

import json
import re

import pytest

from bowerbird.demo.newsroom.desk import Desk
from bowerbird.demo.newsroom.publication import PUBLICATIONS, publication_of
from bowerbird.demo.newsroom.site import Site
from bowerbird.demo.newsroom.story import Story, load_stories

ADDRESSES = {publication.key: f"http://127.0.0.1:{9001 + n}" for n, publication in enumerate(PUBLICATIONS)}
DESK = Desk(load_stories())
SITES = {key: Site(publication_of(key), desk=DESK, addresses=ADDRESSES) for key in ADDRESSES}
OUT = [story for story in load_stories() if story.held_back is None]
LINK = re.compile(r'(?:href|src)="(/[^"]*)"')


def page(story: Story) -> str:
    return SITES[story.publication].answer(story.path).body.decode(story.charset)


def structured_data(story: Story) -> list[dict[str, object]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(story), re.DOTALL)
    return [json.loads(block) for block in blocks]


@pytest.mark.parametrize("story", OUT, ids=[story.slug for story in OUT])
def test_every_page_has_its_title_its_canonical_link_and_its_language(story: Story) -> None:
    html = page(story)
    assert f'<link rel="canonical" href="{ADDRESSES[story.publication]}{story.path}">' in html
    assert html.count("<h1") == 1
    assert re.search(rf'<html lang="{story.language}', html)
    assert ('dir="rtl"' in html.partition(">")[2].partition(">")[0]) is (story.direction == "rtl")


@pytest.mark.parametrize("publication", list(ADDRESSES))
def test_no_link_within_a_publication_is_dead(publication: str) -> None:
    site = SITES[publication]
    links = {link for story in OUT if story.publication == publication for link in LINK.findall(page(story))}
    links |= set(LINK.findall(site.answer("/").body.decode()))
    assert {link: site.answer(link).status for link in links if site.answer(link).status != 200} == {}


def test_the_ledger_describes_its_articles_in_json_ld() -> None:
    story = DESK.story("flood-gauge")
    article = structured_data(story)[0]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == story.title
    assert article["datePublished"] == "2026-06-23T07:10:00+01:00"
    assert article["dateModified"] == "2026-06-24T10:02:00+01:00"
    assert article["author"] == [{"@type": "Person", "name": "Priya Fenwright"}]


def test_the_paywalled_teaser_says_so() -> None:
    assert structured_data(DESK.story("quarry-permits"))[0]["isAccessibleForFree"] is False


def test_feldnotizen_has_microdata_and_no_json_ld() -> None:
    html = page(DESK.story("moor-im-winter"))
    assert "ld+json" not in html
    assert "og:title" not in html
    assert 'itemprop="datePublished" datetime="2026-02-07T08:15:00+01:00"' in html
    assert '<meta name="author" content="Henning Brakel">' in html


def test_the_observatory_describes_its_notes_in_a_graph() -> None:
    (data,) = structured_data(DESK.story("append-only-log"))
    graph = data["@graph"]
    assert isinstance(graph, list)
    assert [node["@type"] for node in graph] == ["WebSite", "Organization", "TechArticle"]


def test_code_keeps_its_language_and_tables_their_cells() -> None:
    html = page(DESK.story("append-only-log"))
    assert '<code class="language-python">' in html
    assert html.count("<tr>") == 5


def test_a_picture_within_the_text_has_a_caption() -> None:
    html = page(DESK.story("trockenmauer"))
    assert "In den Fugen sitzt nach wenigen Wochen" in html.partition("trockenmauer-fuge.png")[2]
    assert "picture:" not in html


def test_a_footnote_is_linked_both_ways() -> None:
    html = page(DESK.story("lighthouse-logbook"))
    assert 'href="#fn1"' in html
    assert '<li id="fn1">' in html


def test_section_pages_do_not_show_the_members_room() -> None:
    assert "/members/" not in SITES["harbour-ledger"].answer("/").body.decode()
