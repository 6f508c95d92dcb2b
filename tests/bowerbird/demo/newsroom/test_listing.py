"""The feeds and the sitemap, read by a program that reads feeds for a living."""

import json

import feedparser
from lxml import etree

from bowerbird.demo.newsroom.running import Newsroom
from tests.bowerbird.demo.newsroom.visitor import visit

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def test_the_rss_feed_lists_with_tracking_and_one_article_twice(quiet_newsroom: Newsroom) -> None:
    feed = feedparser.parse(visit(quiet_newsroom.addresses["harbour-ledger"] + "/feed.xml").body)
    assert not feed.bozo
    assert feed.version == "rss20"
    links = [entry.link for entry in feed.entries]
    articles = [link for link in links if "utm_source=rss" in link]
    assert len(links) == len(articles) + 3
    assert sum("/town/bread-at-five/" in link for link in links) == 2
    assert any("/members/" in link for link in links)
    assert any(link.endswith(".pdf") for link in links)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert feed.entries == sorted(feed.entries, key=lambda entry: entry.published_parsed, reverse=True)


def test_the_atom_feed_lists_an_old_path(quiet_newsroom: Newsroom) -> None:
    feed = feedparser.parse(visit(quiet_newsroom.addresses["feldnotizen"] + "/atom.xml").body)
    assert not feed.bozo
    assert feed.version == "atom10"
    (old,) = [entry for entry in feed.entries if "/2019/11/" in entry.link]
    assert old.title == "Drei Holzverbindungen, die ohne Leim halten"
    assert old.author == "Jorinde Halbach"
    assert old.published == "2026-01-24T10:10:00+01:00"


def test_the_news_sitemap_lists_a_section_as_an_article(quiet_newsroom: Newsroom) -> None:
    root = etree.fromstring(visit(quiet_newsroom.addresses["observatory"] + "/news-sitemap.xml").body)
    places = root.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert isinstance(places, list)
    assert quiet_newsroom.addresses["observatory"] + "/kexue/" in places
    assert not any("/notes/" in str(place) for place in places)
    assert len(root.findall(".//n:publication_date", namespaces=SITEMAP)) == len(places)


def test_the_json_feed_lists_what_the_rss_feed_lists(quiet_newsroom: Newsroom) -> None:
    address = quiet_newsroom.addresses["harbour-ledger"]
    feed = feedparser.parse(visit(address + "/feed.xml").body)
    items = json.loads(visit(address + "/feed.json").body)["items"]
    assert [item["url"] for item in items] == [entry.link for entry in feed.entries]


def test_publishing_shows_in_the_feed_and_moves_its_validators(newsroom: Newsroom) -> None:
    story = newsroom.publish_next()
    assert story is not None
    url = newsroom.addresses[story.publication] + "/feed.xml"
    before = visit(url)
    assert story.title in before.body.decode()
    while (following := newsroom.publish_next()) and following.publication != story.publication:
        assert visit(url, headers={"If-None-Match": before.headers["ETag"]}).status == 304
    for question, label in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        after = visit(url, headers={question: before.headers[label]})
        assert after.status == 200
    assert visit(newsroom.url_of(story.slug)).status == 200


def test_publishing_a_note_shows_on_the_section_page(newsroom: Newsroom) -> None:
    url = newsroom.addresses["observatory"] + "/notes/"
    before = visit(url)
    while newsroom.publish_next():
        pass
    after = visit(url, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status == 200
    assert b"/notes/retry-with-jitter" in after.body


def test_publishing_changes_no_page_that_was_there(newsroom: Newsroom) -> None:
    url = newsroom.url_of("night-ferry-timetable")
    before = visit(url)
    newsroom.publish_next()
    assert visit(url, headers={"If-None-Match": before.headers["ETag"]}).status == 304


def test_a_correction_moves_the_page_and_the_feed(newsroom: Newsroom) -> None:
    page, feed = newsroom.url_of("trockenmauer"), newsroom.addresses["feldnotizen"] + "/atom.xml"
    before = {url: visit(url) for url in (page, feed)}
    newsroom.correct("trockenmauer")
    for url, old in before.items():
        assert visit(url, headers={"If-None-Match": old.headers["ETag"]}).status == 200
        assert visit(url, headers={"If-Modified-Since": old.headers["Last-Modified"]}).status == 200
    html = visit(page).body.decode()
    assert "um etwa zehn Grad" in html
    assert 'itemprop="dateModified" datetime="2026-10-19T10:00:00+02:00"' in html
    entries = feedparser.parse(visit(feed).body).entries
    (entry,) = [entry for entry in entries if "trockenmauer" in entry.link]
    assert entry.updated == "2026-10-19T10:00:00+02:00"
