"""What is mended in a feed before it is parsed, and that large and hostile feeds are read within a worker's limits."""

import pytest

from crawler.candidate import Listing
from crawler.errors import UnreadableDocument
from crawler.sources.document import SourceDocument
from crawler.sources.feed import read_feed
from crawler.sources.feedbody import MAX_ENTRIES, fit_body
from storage.source import SourceKind
from tests.crawler.sources.test_malformed import read_all, wrong

URL = "https://example.org/feed"
MASS = 1_000_000


def rss(*items: str, head: str = "<?xml version='1.0' encoding='utf-8'?>") -> bytes:
    channel = f"<title>x</title>{''.join(items)}"
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    return f"{head}<rss version='2.0' {spaces}><channel>{channel}</channel></rss>".encode()


def item(number: int, more: str = "") -> str:
    return f"<item><title>Story {number}</title><link>https://example.org/{number}</link>{more}</item>"


def read(body: bytes) -> Listing:
    return read_feed(body, url=URL, content_type=None)


@pytest.mark.parametrize(
    ("given", "fit"),
    [
        (b"<a>&#65;&#x41;&#x1F600;</a>", b"<a>&#65;&#x41;&#x1F600;</a>"),
        (b"<a>&#0;&#11;&#xFFFE;&#xD800;&#99999999999999;&#x110000;</a>", b"<a>" + b"&#65533;" * 6 + b"</a>"),
        (b"<a>&#55357;&#56832;</a>", b"<a>&#128512;</a>"),
        (b"<a>&#xd83d;&#XDE00;</a>", b"<a>&#128512;</a>"),
        (b"<a>&#0000000000000065;</a>", b"<a>&#0000000000000065;</a>"),
        (b" \r\n <?xml version='1.0'?>\n\n\n\n<a/>", b"<?xml version='1.0'?>\n<a/>"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'><!-- <!ENTITY z 'y'> -->]><a/>", b"<!DOCTYPE a [\n<!ENTITY x 'y'>]><a/>"),
    ],
)
def test_characters_and_heads_are_mended(given: bytes, fit: bytes) -> None:
    assert fit_body(given).data == fit


def test_one_bad_byte_does_not_make_another_encoding_of_a_text() -> None:
    text = "Grüße aus Köln, schöne Grüße, und über alles äußerst fröhlich"
    body = rss(item(1, f"<description>{text}BAD</description>")).replace(b"BAD", b"\xff")
    assert read(body).candidates[0].summary == f"{text}\ufffd"
    latin = rss(item(1, f"<description>{text}</description>"), head="").decode().encode("latin-1")
    assert read(latin).candidates[0].summary == text


def test_names_without_end_are_cut_and_the_entry_kept() -> None:
    for name in ("a" * MASS, "a." * (MASS // 2) + "@", f"<![CDATA[{'a@' * (MASS // 2)}]]>"):
        for element in ("author", "dc:creator"):
            (candidate,) = read(rss(item(1, f"<{element}>{name}</{element}>"))).candidates
            assert (candidate.url, candidate.title) == ("https://example.org/1", "Story 1")


def test_entries_past_the_limit_are_cut_and_that_is_said() -> None:
    listing = read(rss(*(item(number) for number in range(MAX_ENTRIES + 5))))
    assert (len(listing.candidates), listing.truncated) == (MAX_ENTRIES, True)
    assert listing.candidates[-1].url == f"https://example.org/{MAX_ENTRIES - 1}"


def test_entries_without_anything_are_cut_too() -> None:
    listing = read(rss("<item/>" * (MAX_ENTRIES + 5)))
    assert (listing.truncated, listing.notes) == (True, (f"{MAX_ENTRIES} of its entries name no address",))


def test_a_tag_of_a_thousand_attributes_loses_them_and_one_with_a_picture_does_not() -> None:
    picture = f"<content:encoded><![CDATA[<img src='data:image/png;base64,{'QUJD' * 20_000}'> End]]></content:encoded>"
    attributes = " ".join(f"a{number}='x'" for number in range(100_000))
    (candidate,) = read(rss(item(1, f"<x {attributes}/>{picture}"))).candidates
    assert (candidate.url, candidate.summary) == ("https://example.org/1", "End")
    assert candidate.content_html.endswith("QUJD'> End")


@pytest.mark.parametrize("closed", [True, False])
def test_elements_nested_beyond_reason_are_refused(closed: bool) -> None:
    deep = "<a>" * 300_000 + ("</a>" * 300_000 if closed else "")
    with pytest.raises(UnreadableDocument, match="nested more than 2000 levels"):
        read(rss(item(1), deep))
    assert read(rss(item(1), "<a>" * 1900 + "</a>" * 1900)).candidates


def prose(words: int) -> str:
    return "The ferry left the harbour at noon. " * (words // 7)


@pytest.mark.slow
def test_large_and_hostile_feeds_are_read_in_a_worker_that_lives_on() -> None:
    small = rss(*(item(number, f"<description>{prose(40)}</description>") for number in range(20_000)))
    full = rss(
        *(item(number, f"<content:encoded><![CDATA[<p>{prose(900)}</p>]]></content:encoded>") for number in range(1700))
    )
    assert min(len(small), len(full)) > 5_000_000
    bodies = {
        "many entries": small,
        "many entries, broken": small.replace(b"</channel>", b"&bad </wrong>"),
        "full texts": full,
        "full texts, broken": full.replace(b"</channel>", b"&bad </wrong>"),
        "one title": rss(item(1, f"<title>{prose(1_900_000)}</title>")),
        "one text of markup": rss(
            item(1, f"<content:encoded><![CDATA[{'<b>x</b> &amp; ' * 600_000}]]></content:encoded>")
        ),
        "white space first": b" \n" * 4_000_000 + rss(item(1)),
        "white space behind the mark": b"\xef\xbb\xbf" + b" \n" * 1_000_000 + rss(item(1)),
        "references": rss(item(1, f"<title>{'&#55357;&#56832;&#0;' * 100_000}</title>")),
        "entities": rss(item(1), head=f"<!DOCTYPE r [{'<!ENTITY a chr>' * 100_000}]>"),
    }
    results = read_all(((SourceDocument(body=body, url=URL), SourceKind.FEED) for body in bodies.values()), seconds=60)
    assert wrong(results) == []
    empty = [
        name
        for name, found in zip(bodies, results, strict=True)
        if not (isinstance(found, Listing) and found.candidates)
    ]
    assert empty == []
