"""Every version of RSS, RDF, Atom and JSON Feed: what a candidate holds of an entry."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.candidate import Candidate
from crawler.sources.feed import read_feed

URL = "https://example.org/feeds/main"
EAST = timezone(timedelta(hours=10))
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dcterms='http://purl.org/dc/terms/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom'"
)


def read(body: str) -> tuple[Candidate, ...]:
    return read_feed(body.encode(), url=URL, content_type=None).candidates


def rss(item: str, *, version: str = "2.0", channel: str = "") -> Candidate:
    (found,) = read(
        f"<rss version='{version}' {SPACES}><channel><title>x</title>{channel}<item>{item}</item></channel></rss>"
    )
    return found


def atom(entry: str, *, feed: str = "") -> Candidate:
    (found,) = read(
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>x</title>{feed}<entry>"
        f"<link href='https://example.org/a'/>{entry}</entry></feed>"
    )
    return found


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.93", "0.94", "2.0", "2.01", ""])
def test_every_rss_gives_its_items(version: str) -> None:
    found = rss("<title>A</title><link>https://example.org/a</link><description>B</description>", version=version)
    assert (found.url, found.title, found.summary) == ("https://example.org/a", "A", "B")


@pytest.mark.parametrize("space", ["http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"])
def test_every_rdf_gives_its_items(space: str) -> None:
    (found,) = read(
        f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{space}' {SPACES}>"
        "<channel><title>x</title><link>https://example.org/</link><dc:language>fr</dc:language></channel>"
        "<item rdf:about='https://example.org/a'><title>A</title><link>https://example.org/a</link>"
        "<dc:creator>Ada</dc:creator><dc:date>2026-04-02T09:30:00+10:00</dc:date><dc:subject>sea</dc:subject></item></rdf:RDF>"
    )
    assert (found.url, found.title, found.authors, found.tags) == ("https://example.org/a", "A", ("Ada",), ("sea",))
    assert found.published_at == datetime(2026, 4, 2, 9, 30, tzinfo=EAST)


def test_atom_03_gives_its_entries() -> None:
    (found,) = read(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#' xml:lang='en'><title>x</title>"
        "<author><name>Ada</name></author>"
        "<entry><title mode='escaped' type='text/html'>A &lt;b&gt;b&lt;/b&gt;</title>"
        "<link rel='alternate' type='text/html' href='https://example.org/a'/><created>2026-04-01T00:00:00Z</created>"
        "<issued>2026-04-02T09:30:00+10:00</issued><modified>2026-04-03T00:00:00Z</modified></entry></feed>"
    )
    assert (found.url, found.title, found.authors, found.language) == ("https://example.org/a", "A b", ("Ada",), "en")
    assert found.published_at == datetime(2026, 4, 2, 9, 30, tzinfo=EAST)
    assert found.updated_at == datetime(2026, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("element", "title"),
    [
        ("<title>A &lt;b> in HTML &amp;amp; more</title>", "A <b> in HTML &amp; more"),
        ("<title type='text'>A &lt;b>c&lt;/b></title>", "A <b>c</b>"),
        ("<title type='html'>A &lt;b>c&lt;/b> &amp;amp; d</title>", "A c & d"),
        ("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>c</b> &lt; d</div></title>", "A c < d"),
        ("<title>\n  A\n  b\u202e </title>", "A b"),
    ],
)
def test_a_title_of_atom_is_what_its_type_says(element: str, title: str) -> None:
    assert atom(element).title == title


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("A &lt;b&gt;c&lt;/b&gt;", "A c"),
        ("A &amp;amp; b", "A & b"),
        ("A &amp; b", "A & b"),
        ("<![CDATA[A <em>c</em> &#8217;]]>", "A c ’"),
        ("Is 1 &lt; 2 or &lt;x&gt;?", "Is 1 < 2 or <x>?"),
        ("&#55357;&#56832; &#xD83D;&#xDE00; &#xD83D;", "\U0001f600 \U0001f600 \ufffd"),
    ],
)
def test_a_title_of_rss_is_read_as_it_was_meant(inner: str, title: str) -> None:
    assert rss(f"<title>{inner}</title><link>/a</link>").title == title


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://example.org/a</guid>", "https://example.org/a"),
        ("<guid isPermaLink='false'>https://example.org/a</guid><link>/b</link>", "https://example.org/b"),
        ("<link>b?x=1&amp;y=2</link>", "https://example.org/feeds/b?x=1&y=2"),
        ("<link><![CDATA[ https://example.org/ä ]]></link>", "https://example.org/ä"),
        ("<link xml:base='https://other.example.org/x/'>b</link>", "https://other.example.org/x/b"),
        ("<atom:link rel='alternate' href='/c'/>", "https://example.org/c"),
        ("<atom:link rel='self' href='/feed'/><link>/c</link>", "https://example.org/c"),
        ("<guid isPermaLink='false'>https://example.org/only</guid>", "https://example.org/only"),
    ],
)
def test_the_address_of_an_entry_is_found(item: str, url: str) -> None:
    assert rss(item).url == url


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 02 Apr 2026 09:30:00 +1000", datetime(2026, 4, 2, 9, 30, tzinfo=EAST)),
        ("Thu, 02 Apr 2026 09:30:00 EST", datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ("2 Apr 26 09:30 GMT", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("2026-04-02T09:30:00.123+10:00", datetime(2026, 4, 2, 9, 30, tzinfo=EAST)),
        ("2026-04-02", date(2026, 4, 2)),
        ("2026-04-02T09:30:00", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Thu, 02 Apr 2099 09:30:00 +1000", None),
        ("Thu, 02 Apr 1776 09:30:00 +1000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_keeps_its_zone_and_one_that_cannot_be_is_none(text: str, moment: object) -> None:
    assert rss(f"<link>/a</link><pubDate>{text}</pubDate>").published_at == moment
    assert read(json.dumps(json_feed({"url": "/a", "date_published": "2026-04-02T09:30:00+10:00"})))[
        0
    ].published_at == (datetime(2026, 4, 2, 9, 30, tzinfo=EAST))


def test_the_offset_of_a_date_is_kept() -> None:
    moment = rss("<link>/a</link><pubDate>Thu, 02 Apr 2026 09:30:00 +1000</pubDate>").published_at
    assert isinstance(moment, datetime)
    assert moment.isoformat() == "2026-04-02T09:30:00+10:00"


@pytest.mark.parametrize(
    ("item", "authors"),
    [
        ("<author>ada@example.org (Ada Bower)</author>", ("Ada Bower",)),
        ("<author>ada@example.org</author>", ()),
        ("<dc:creator>Ada</dc:creator><dc:creator>Ben &amp;amp; Co</dc:creator>", ("Ada", "Ben & Co")),
        ("<itunes:author>Ada</itunes:author>", ("Ada",)),
    ],
)
def test_authors_are_names(item: str, authors: tuple[str, ...]) -> None:
    assert (
        rss(f"<link>/a</link>{item}", channel="<managingEditor>ed@example.org (Ed)</managingEditor>").authors == authors
    )


def test_an_atom_entry_without_an_author_has_its_sources_or_its_feeds() -> None:
    feed = "<author><name>Feed</name></author>"
    assert atom("", feed=feed).authors == ("Feed",)
    assert atom("<source><author><name>Source</name></author></source>", feed=feed).authors == ("Source",)
    assert atom("<author><name>Own</name><email>x@y.org</email></author>", feed=feed).authors == ("Own",)


@pytest.mark.parametrize(
    ("item", "html"),
    [
        ("<content:encoded><![CDATA[<p>All</p>]]></content:encoded><description>x</description>", "<p>All</p>"),
        ("<description>x</description><content:encoded><![CDATA[<p>All</p>]]></content:encoded>", "<p>All</p>"),
        ("<description>&lt;p&gt;All&lt;/p&gt;</description>", "<p>All</p>"),
        ("<title>x</title>", ""),
    ],
)
def test_the_text_that_rss_carries_is_kept_as_html(item: str, html: str) -> None:
    found = rss(f"<link>/a</link>{item}")
    assert (found.content_html, found.has_full_text) == (html, False)


@pytest.mark.parametrize(
    ("entry", "html"),
    [
        ("<content type='html'>&lt;p>All&lt;/p></content>", "<p>All</p>"),
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>All</p></div></content>", "<p>All</p>"),
        ("<content>1 &lt; 2\n\nNext</content>", "<p>1 &lt; 2</p><p>Next</p>"),
        ("<content type='image/png'>AAAA</content>", ""),
        ("<summary type='html'>&lt;p>Not all&lt;/p></summary>", ""),
    ],
)
def test_the_text_that_atom_carries_is_kept_as_html(entry: str, html: str) -> None:
    assert atom(entry).content_html == html


@pytest.mark.parametrize(
    "item",
    [
        "<media:thumbnail url='/i.jpg'/>",
        "<media:content url='/i.jpg' medium='image'/>",
        "<media:content url='/f.mp4' medium='video'/><media:content url='/i.jpg' type='image/jpeg'/>",
        "<enclosure url='/s.mp3' type='audio/mpeg'/><enclosure url='/i.jpg' type='image/jpeg'/>",
        "<itunes:image href='/i.jpg'/>",
    ],
)
def test_an_entrys_own_picture_is_found(item: str) -> None:
    assert rss(f"<link>/a</link>{item}").image == "https://example.org/i.jpg"


def json_feed(*items: dict[str, object], version: str = "1.1", **values: object) -> dict[str, object]:
    return {"version": f"https://jsonfeed.org/version/{version}", "title": "x", "items": list(items), **values}


def test_json_feed_gives_all_it_says() -> None:
    item: dict[str, object] = {
        "id": 1, "url": "a", "title": "A <b> & c", "summary": "In\nshort", "content_html": "<p>All</p>",
        "image": "/i.jpg", "tags": ["sea", 3, "sea"],
        "date_published": "2026-04-02T09:30:00+10:00", "date_modified": "2026-04-03T00:00:00Z",
        "language": "fr", "authors": [{"name": "Ada"}, {"url": "x"}, "no"],
    }  # fmt: skip
    assert read(json.dumps(json_feed(item))) == (
        Candidate(
            url="https://example.org/feeds/a", origin="feed", title="A <b> & c", summary="In short", authors=("Ada",),
            published_at=datetime(2026, 4, 2, 9, 30, tzinfo=EAST), updated_at=datetime(2026, 4, 3, tzinfo=UTC),
            tags=("sea",), language="fr", content_html="<p>All</p>", told_words=1, image="https://example.org/i.jpg",
        ),
    )  # fmt: skip


def test_json_feed_1_has_one_author_and_text_becomes_html() -> None:
    (found,) = read(
        json.dumps(
            json_feed(
                {"url": "/a", "content_text": "1 < 2\n\nNext"}, version="1", author={"name": "Ada"}, language="de"
            )
        )
    )
    assert (found.authors, found.language, found.content_html) == (("Ada",), "de", "<p>1 &lt; 2</p><p>Next</p>")
    assert found.summary == "1 < 2 Next"


def test_json_with_halves_of_characters_is_read() -> None:
    (found,) = read(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/a\\ud83d", "title": "A\\ud83d b"}]}'
    )
    assert (found.url, found.title) == ("https://example.org/a", "A b")
