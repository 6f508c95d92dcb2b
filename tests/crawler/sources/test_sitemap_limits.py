"""Sitemaps that are broken, hostile, dated in many ways, or lead back to themselves."""

import gzip
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.candidate import Listing
from crawler.errors import UnreadableDocument
from crawler.sources.gzipped import decode_gzip
from crawler.sources.lastmod import latest_instant
from crawler.sources.sitemap import read_sitemap

URL = "https://example.org/sitemaps/index.xml"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def urlset(*entries: str, head: str = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>") -> bytes:
    return f"<?xml version='1.0'?>{head}{''.join(entries)}</urlset>".encode()


def url(path: str, more: str = "") -> str:
    return f"<url><loc>https://example.org/{path}</loc>{more}</url>"


def index(*children: str) -> bytes:
    return f"<sitemapindex>{''.join(children)}</sitemapindex>".encode()


def child(path: str, lastmod: str = "") -> str:
    dated = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<sitemap><loc>{path}</loc>{dated}</sitemap>"


def read(body: bytes, *, limit: int = 50_000, since: datetime | None = None) -> Listing:
    return read_sitemap(body, url=URL, limit=limit, since=since)


def paths(listing: Listing) -> list[str]:
    return [candidate.url.removeprefix("https://example.org/") for candidate in listing.candidates]


@pytest.mark.parametrize(
    ("text", "moment", "latest"),
    [
        ("2026", None, datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-02", None, datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2025-12", None, datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-04-02", date(2026, 4, 2), datetime(2026, 4, 2, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-04-02T09:30Z", datetime(2026, 4, 2, 9, 30, tzinfo=UTC), datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("2026-04-02T09:30:10+10:00", *[datetime(2026, 4, 2, 9, 30, 10, tzinfo=timezone(timedelta(hours=10)))] * 2),
        ("2026-04-02T09:30:10.45-04:00", *[datetime(2026, 4, 2, 9, 30, 10, tzinfo=timezone(timedelta(hours=-4)))] * 2),
        ("2026-13", None, None),
        ("0000-00-00", None, None),
        ("yesterday", None, None),
        ("1970-01-01", None, None),
    ],
)
def test_every_form_of_a_date_is_understood(text: str, moment: object, latest: object) -> None:
    assert latest_instant(text, now=NOW) == latest
    assert read(urlset(url("a", f"<lastmod> {text} </lastmod>"))).candidates[0].updated_at == moment


def test_the_sitemaps_of_an_index_come_newest_first() -> None:
    body = index(
        child("old.xml", "2020-01-01"), child("/undated.xml"), child("month.xml", "2026-03"),
        child("https://example.org/new.xml", "2026-04-02T09:00:00+10:00"), child("newest.xml", "2026-04-02T00:30:00Z"),
    )  # fmt: skip
    names = [address.rsplit("/", 1)[-1] for address in read(body).children]
    assert names == ["newest.xml", "new.xml", "month.xml", "old.xml", "undated.xml"]


def test_sitemaps_that_stayed_the_same_since_before_the_window_are_left_out_and_said() -> None:
    body = index(child("/old.xml", "2026-03-31"), child("/month.xml", "2026-04"), child("/undated.xml"))
    listing = read(body, since=datetime(2026, 4, 10, tzinfo=UTC))
    assert listing.children == ("https://example.org/month.xml", "https://example.org/undated.xml")
    assert listing.notes == (
        "one of its sitemaps was last changed before 2026-04-10, the source's since window, and not read",
    )


def test_an_index_that_names_itself_does_not_lead_to_itself() -> None:
    listing = read(index(child("index.xml"), child(f"{URL}#2"), child("/a.xml#1"), child("/a.xml#2")))
    assert listing.children == ("https://example.org/a.xml",)
    assert listing.notes == ("it names itself as one of its sitemaps",)


@pytest.mark.parametrize(
    "space", ["", "xmlns='http://www.google.com/schemas/sitemap/0.84'", "xmlns='nonsense'", "xmlns:x='y'"]
)
def test_the_namespace_does_not_matter(space: str) -> None:
    assert paths(read(urlset(url("a"), url("b"), head=f"<urlset {space}>"))) == ["a", "b"]


def test_extensions_are_no_part_of_an_entry_even_where_nobody_declared_them() -> None:
    extensions = (
        "<image:image><image:loc>https://example.org/i.jpg</image:loc><image:title>A</image:title></image:image>"
        "<video:video><video:title>B</video:title><video:publication_date>2001-01-01</video:publication_date></video:video>"
        "<xhtml:link rel='alternate' hreflang='de' href='https://example.org/de'/>"
        "<news:news><news:title>The news</news:title>"
        "<news:publication_date>2026-04-02</news:publication_date></news:news>"
    )
    for loc in (url("a", extensions), url("a", "").replace("<url>", f"<url>{extensions}")):
        (candidate,) = read(urlset(loc)).candidates
        assert (candidate.url, candidate.title) == ("https://example.org/a", "The news")
        assert candidate.published_at == date(2026, 4, 2)


def test_junk_around_and_within_entries_does_no_harm() -> None:
    body = urlset(
        "<x><y/></x>", f"<url>{url('inner')}<loc>https://example.org/outer</loc></url>", "<url/>", "text", url("last")
    )
    assert paths(read(body)) == ["inner", "outer", "last"]


def test_relative_addresses_are_resolved_and_foreign_schemes_kept_for_their_verdict() -> None:
    body = urlset(
        "<url><loc>../a</loc></url>", "<url><loc>//other.example.org/b</loc></url>", "<url><loc>ftp://x/c</loc></url>"
    )
    found = [candidate.url for candidate in read(body).candidates]
    assert found == ["https://example.org/a", "https://other.example.org/b", "ftp://x/c"]


def test_what_is_cut_gives_what_came_before_and_says_so() -> None:
    whole = urlset(*(url(str(number)) for number in range(2000)))
    packed = gzip.compress(whole)
    for body in (whole[: len(whole) // 2], packed[: len(packed) // 2]):
        listing = read(body)
        assert 100 < len(listing.candidates) < 2000
        assert listing.truncated
    assert not read(whole).truncated
    broken = bytearray(packed)
    broken[len(packed) // 2] ^= 0xFF
    assert read(bytes(broken)).truncated


def test_several_members_of_gzip_are_one_document() -> None:
    whole = urlset(url("a"), url("b"))
    body = gzip.compress(whole[:60]) + gzip.compress(whole[60:])
    assert paths(read(body)) == ["a", "b"]
    assert decode_gzip(body, url=URL).body == whole


def test_no_more_than_the_limit_is_read() -> None:
    listing = read(urlset(*(url(str(number)) for number in range(51_000))))
    assert (len(listing.candidates), listing.truncated) == (50_000, True)


@pytest.mark.parametrize(
    "junk",
    [
        "<x/>" * 300_000,
        "<url>" + "<x/>" * 300_000 + "</url>",
        "<a>" * 100_000,
        "<url><loc>" + "x" * 11_000_000 + "</loc></url>",
        "<url " + " ".join(f"a{number}='x'" for number in range(1_000_000)) + "/>",
    ],
    ids=["elements", "elements of an entry", "depth", "text", "attributes"],
)
def test_masses_of_junk_are_left_behind(junk: str) -> None:
    listing = read(urlset(url("a"), junk))
    assert paths(listing)[:1] == ["a"]
    assert len(listing.candidates) < 3


def test_an_entity_is_not_expanded_however_it_is_nested() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = urlset(url("a"), url("&e9;"), head=f'<!DOCTYPE u [<!ENTITY e0 "ha">{bomb}]><urlset>')
    assert all(len(candidate.url) < 100 for candidate in read(body).candidates)


@pytest.mark.parametrize(
    "body", [b"https://example.org/a\nhttps://example.org/b\n\nnot a url\n", "https://example.org/ä\n".encode()]
)
def test_a_list_of_addresses_is_a_sitemap(body: bytes) -> None:
    assert read(body).candidates[0].url.startswith("https://example.org/")


def test_a_list_of_other_things_is_none() -> None:
    with pytest.raises(UnreadableDocument, match="neither XML nor a list of URLs"):
        read(b"https://example.org/a\nsome\nother\nlines\n")
