"""Site rules as a person writes them: what they find on a page, and for which pages they are."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from crawler.extract.sites.registry import find_site, rules_for, shipped_sites
from crawler.extract.sites.rule import RuleSettings
from crawler.extract.sites.site import Site
from storage.article import Article, Author, Moment, Origin
from storage.verdict import Verdict

URL = "https://www.example.org/2026/bowers"
SENTENCE = "The bowerbird gathers what is blue and lays it out before its bower, piece by piece. "
ADVERT = "<div class='advert'><p>" + "Buy blue paper while it is still to be had at this price. " * 3 + "</p></div>"
OTHER = (
    "<div class='other'><p>" + "Words in another box, which nobody takes for the article itself. " * 2 + "</p></div>"
)
TEASERS = "".join(f"<h3><a href='/{n}'>Heading number {n} of the whole long list</a></h3>" for n in range(20))


def rule(**keys: Any) -> Site:
    return RuleSettings.model_validate({"site": "example.org", **keys}).rule


def page(extra: str = "") -> bytes:
    text = f"<div class='story'><p>{SENTENCE * 3}</p>{ADVERT}<p>{SENTENCE * 3}</p></div>"
    return (
        f"<html lang='en'><head><title>Page</title><meta name='keywords' content='one, two'></head><body>"
        f"<article><h1>Heading of the page</h1>{extra}{text}</article>{OTHER}</body></html>"
    ).encode()


def extracted(site: Site | None, html: bytes, *, url: str = URL, selector: str | None = None) -> Extraction:
    rules = () if site is None else (site,)
    return extract_page(RawPage(html=html, url=url, rules=rules, body_selector=selector))


def read(site: Site | None, extra: str = "", *, url: str = URL) -> Article:
    extraction = extracted(site, page(extra), url=url)
    assert extraction.article is not None, extraction.reason
    return extraction.article


def test_each_field_is_found_where_the_rule_says() -> None:
    extra = (
        "<p class='headline'>Bowers of blue</p><p class='by'>By Anna Berg and Bo Lund</p><p class='tags'><a>#birds</a>"
        "<a>blue</a></p><p class='section'>Nature</p><time class='out' datetime='2026-01-02T10:00:00+01:00'>x</time>"
        "<span class='edited'>Edited on 3 January 2026</span>"
    )
    site = rule(
        title=".headline",
        authors=".by",
        date="time.out@datetime",
        modified=".edited",
        tags=".tags a",
        categories=".section",
    )
    article = read(site, extra)
    assert (article.title, article.authors) == ("Bowers of blue", (Author("Anna Berg"), Author("Bo Lund")))
    assert article.published_at == datetime(2026, 1, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    assert article.modified_at == date(2026, 1, 3)
    assert (article.tags, article.categories) == (("birds", "blue"), ("Nature",))
    fields = ("title", "authors", "published_at", "modified_at", "tags", "categories")
    assert {article.origins[field] for field in fields} == {Origin("site")}


def test_of_several_selectors_the_first_that_finds_something_counts() -> None:
    extra = "<p class='new'></p><p class='old'>Old place</p>"
    assert read(rule(title=[".newest", ".new", ".old", "h1"]), extra).title == "Old place"
    assert read(rule(body=[".no-such", ".other", ".story"])).text.startswith("Words in another box")


def test_a_pattern_finds_the_value_in_its_first_group_or_as_a_whole() -> None:
    extra = "<script>var page = {writer: 'Anna Berg'}</script><p class='no'>Issue 17 of it</p>"
    grouped = {"selector": "script", "pattern": "writer: '([^']+)'"}
    article = read(rule(authors=grouped, title={"selector": ".no", "pattern": r"Issue \d+"}), extra)
    assert (article.authors, article.title) == ((Author("Anna Berg"),), "Issue 17")
    assert read(rule(title={"selector": ".no", "pattern": "Volume"}), extra).origins["title"].origin != "site"


def test_a_body_is_all_that_its_selector_finds() -> None:
    article = read(rule(body=".story, .other"))
    assert "The bowerbird gathers" in article.text
    assert "Words in another box" in article.text
    assert "Words in another box" in article.html
    assert "Heading of the page" not in article.text


def test_what_a_rule_removes_is_gone_whoever_chooses_the_text() -> None:
    assert "Buy blue paper" in read(None).text
    for site in (rule(remove=".advert"), rule(remove=[".no-such", ".advert"], body=".story")):
        article = read(site)
        assert "Buy blue paper" not in article.text + article.body + article.html
        assert article.text.count("The bowerbird gathers") == 6


def test_a_rule_may_take_a_field_from_what_it_removes() -> None:
    extra = "<div class='box'><b class='when'>2026-03-04</b> and other words</div>"
    article = read(rule(remove=".box", date=".when"), extra)
    assert (article.published_at, "other words" in article.text) == (date(2026, 3, 4), False)


@pytest.mark.parametrize("selector", ["body", "*", "html, body, .advert, .advert p"])
def test_a_rule_that_removes_everything_leaves_a_page_without_text(selector: str) -> None:
    extraction = extracted(rule(remove=selector), page())
    assert extraction.verdict is Verdict.TOO_SHORT


def test_a_page_without_the_body_that_its_rule_names_is_read_as_any_other() -> None:
    ruled = read(rule(body=".gone", remove=".advert", title="h1", tags=".none"))
    plain = read(None)
    assert (ruled.text, ruled.title, ruled.tags) == (plain.text, plain.title, ("one", "two"))
    assert ruled.origins == plain.origins


def test_where_a_rule_knows_the_tags_a_page_without_them_has_none() -> None:
    assert read(rule(tags=".none")).tags == ()
    assert read(rule(title="h1")).tags == ("one", "two")


def test_a_sources_own_body_comes_before_a_rule() -> None:
    extraction = extracted(rule(body=".story", title="title"), page(), selector=".other")
    assert extraction.article is not None
    assert extraction.article.text.startswith("Words in another box")
    assert extraction.article.origins["title"].origin != "site"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-03-04 10:20", "", date(2026, 3, 4)),
        ("2026-03-04 10:20", "+08:00", "2026-03-04T10:20:00+08:00"),
        ("2026-03-04 10:20", "Europe/Berlin", "2026-03-04T10:20:00+01:00"),
        ("2026-04-04 10:20", "Europe/Berlin", "2026-04-04T10:20:00+02:00"),
        ("2026-03-04T10:20:00Z", "Europe/Berlin", "2026-03-04T10:20:00+00:00"),
        ("2026-03-04", "+08:00", date(2026, 3, 4)),
        ("Published on 4 March 2026", "", date(2026, 3, 4)),
        ("4. März 2026", "Europe/Berlin", date(2026, 3, 4)),
        ("Mar 4, 2026 at 10:20 PM", "", date(2026, 3, 4)),
        ("2026年3月4日 10:20", "+08:00", "2026-03-04T10:20:00+08:00"),
        ("1772612400", "Europe/Berlin", "2026-03-04T08:20:00+00:00"),
    ],
)
def test_a_time_is_of_the_rules_zone_where_it_names_none(text: str, zone: str, expected: Moment | str) -> None:
    found = read(rule(date=".when", zone=zone), f"<b class='when'>{text}</b>").published_at
    assert (found.isoformat() if isinstance(expected, str) and found else found) == expected


def test_a_time_that_cannot_be_read_is_none() -> None:
    assert read(rule(date=".when"), "<b class='when'>yesterday</b>").origins.get("published_at") != Origin("site")
    article = read(rule(date_later=".when"), "<b class='when'>2026-03-04</b>")
    assert article.origins["published_at"] == Origin("site", "guess")


def test_an_author_that_is_no_name_is_taken_as_it_is_printed() -> None:
    assert read(rule(authors=".by"), "<b class='by'>admin</b>").authors == (Author("admin"),)
    verbatim = rule(authors=".by", verbatim=True)
    assert read(verbatim, "<b class='by'>By the way | me</b>").authors == (Author("By the way | me"),)


@pytest.mark.parametrize(
    ("url", "is_covered"),
    [
        ("https://example.org/2026/a", True),
        ("http://WWW.Example.org:8080/2026/a", True),
        ("https://blog.example.org/2026/a", True),
        ("https://example.org/about", False),
        ("https://notexample.org/2026/a", False),
        ("https://example.org.evil.example/2026/a", False),
        ("https://evil.example/?u=https://example.org/2026/a", False),
        ("file:///example.org/2026/a", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_rule_is_for_its_host_and_those_below_and_the_pages_it_names(url: str, is_covered: bool) -> None:
    assert rule(body="p", pages=["*/2025/*", r"re:/2026/\w"]).covers(url) is is_covered


def test_hosts_are_compared_in_one_form() -> None:
    site = rule(site=["www.Bücher.example", "Other.example"], body="p")
    assert site.hosts == ("xn--bcher-kva.example", "other.example")
    assert site.covers("https://bücher.example/x")
    assert site.covers("https://m.xn--bcher-kva.example/x")


def test_an_address_ends_where_the_rule_says() -> None:
    site = rule(address=r"https://www\.example\.org/\d+/\w+", title="h1")
    assert read(site, url=f"{URL}?from=elsewhere").best_url == URL
    assert not site.covers("https://www.example.org/about")


def test_the_first_rule_for_a_page_counts_and_ours_come_last() -> None:
    narrow, wide = rule(pages="*/2026/*", title=".a"), rule(title=".b")
    assert find_site(URL, (narrow, wide)) is narrow
    assert find_site("https://example.org/", (narrow, wide)) is wide
    host = "https://blog.csdn.net/u_1/article/details/12"
    assert find_site(host) in shipped_sites()
    own = rule(site="csdn.net", title="h2")
    assert find_site(host, (own,)) is own


def test_only_the_rules_that_may_be_needed_go_with_a_page() -> None:
    first, second, other = rule(title="h1"), rule(title="h2"), rule(site="other.example", title="h3")
    assert rules_for(URL, (other, first, second)) == (first,)
    assert rules_for("https://third.example/", (first, other)) == ()
    assert rules_for("", (first, other)) == (first, other)
    assert pickle.loads(pickle.dumps(first)) == first


def test_a_page_without_an_address_is_known_by_the_one_it_names() -> None:
    html = page("<b class='t'>Another title</b>").replace(
        b"<head>", b"<head><link rel='canonical' href='%b'>" % URL.encode()
    )
    article = extracted(rule(title=".t"), html, url="").article
    assert article is not None
    assert article.title == "Another title"


def test_a_list_of_teasers_is_an_article_only_where_the_rule_says_which_addresses_are() -> None:
    html = f"<html><body><main>{TEASERS}</main></body></html>".encode()
    assert extracted(None, html).verdict is Verdict.NOT_AN_ARTICLE
    assert extracted(rule(body="main"), html).verdict is Verdict.NOT_AN_ARTICLE
    assert extracted(rule(title="h3", pages="*/2026/*"), html).verdict is Verdict.NOT_AN_ARTICLE
    assert extracted(rule(body="main", pages="*/2026/*"), html).verdict is Verdict.CAPTURED


@pytest.mark.parametrize(
    "keys",
    [
        {"title": "h1"},
        {"title": ["h1@title", {"selector": "b", "pattern": "(x)"}], "tags": []},
        {"date": {"selector": "time", "attribute": "datetime", "label": {"selector": "i", "word": "on"}}},
        {"body": ["a", "b"], "remove": ["c"], "pages": ["*"], "address": "https://", "zone": "UTC", "verbatim": True},
    ],
)
def test_a_rule_crosses_to_the_crawler_process_as_it_is(keys: dict[str, Any]) -> None:
    written = RuleSettings.model_validate({"site": "example.org", **keys})
    crossed = RuleSettings.model_validate_json(written.model_dump_json())
    assert (crossed, crossed.rule) == (written, written.rule)
    assert written.model_dump(exclude_unset=True)["site"] == ("example.org",)


@pytest.mark.parametrize("zone", ["Mars", "../../etc/passwd", "+8", "+25:00", "2026", "a\0b"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError, match="it must be an offset such as"):
        rule(title="h1", zone=zone)


def test_every_rule_that_is_shipped_is_for_the_addresses_of_articles() -> None:
    assert [site.name for site in shipped_sites()] == ["blog.csdn.net"]
    assert all(site.tells_articles for site in shipped_sites())


def test_now_is_what_a_time_is_held_against() -> None:
    year = datetime.now(UTC).year + 2
    assert "published_at" not in read(rule(date=".when"), f"<b class='when'>{year}-01-01</b>").origins
