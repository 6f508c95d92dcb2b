"""A robots.txt means what RFC 9309 says, on the cases of Google's own parser and on lines that Protego misreads."""

import json
from pathlib import Path

import pytest

from crawler.gate.robots import MAX_ROBOTS_BYTES, RobotsAnswer, rules_of
from crawler.gate.robots_lines import product_token, text_of

# The cases' own fault. RFC 9309, 2.2.2: octets outside ASCII are percent-encoded before they are compared, encoded
# unreserved ones decoded; its table has /foo/bar/%62%61%7A match /foo/bar/baz. Google's parser leaves that to its
# caller, and its cases leave it out.
NOT_ENCODED = {
    ("Allow: /foo/bar/ツ", "http://foo.bar/foo/bar/ツ"),
    ("Allow: /foo/bar/%E3%83%84", "http://foo.bar/foo/bar/ツ"),
    ("Allow: /foo/bar/%62%61%7A", "http://foo.bar/foo/bar/baz"),
}


def is_allowed(robots: str, *, agent: str, url: str) -> bool:
    return rules_of(RobotsAnswer(200, robots.encode())).why_denied(url, agent) is None


def test_the_shared_cases_end_as_google_has_them(shared: Path) -> None:
    lines = (shared / "standards" / "robots-cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert len(cases) == 142
    wrong = [
        case for case in cases if is_allowed(case["robots"], agent=case["agent"], url=case["url"]) != case["allowed"]
    ]
    assert {(case["robots"].splitlines()[-1], case["url"]) for case in wrong} == NOT_ENCODED


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: bower\nDisallow: /", True),
        ("User-agent: bird\nDisallow: /", True),
        ("User-agent: BOWERBIRD\nDisallow: /", False),
        ("User-agent: Bowerbird/2.0\nDisallow: /", False),
        ("User-agent: bowerbird a crawler\nDisallow: /", False),
        ("User-agent: bowerbirds\nDisallow: /", True),
        ("User-agent: my-bowerbird\nDisallow: /", True),
        ("User-agent: 007\nDisallow: /", True),
        ("User-agent:\nDisallow: /", True),
        ("User-agent: * all\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nUser-agent: bowerbird\nDisallow:", True),
        ("User-agent: bowerbird\nUser-agent: other\nDisallow: /", False),
        ("User-agent: bowerbird\nNoindex: /\nUser-agent: other\nDisallow: /", False),
        ("User-agent: bowerbird\n\nSitemap: http://foo.bar/s.xml\nUser-agent: other\nDisallow: /", False),
        ("user agent bowerbird\ndisallow /", False),
        ("User-agent: *\rDisallow: /", False),
        ("User-agent: *\nDisallow: /\u2028page", True),
        ("User-agent: * # all of you\nDisallow: / # all of it", False),
        ("Disallow: /", True),
    ],
)
def test_a_group_is_for_those_whom_it_names(robots: str, allowed: bool) -> None:
    assert is_allowed(robots, agent="Bowerbird", url="http://foo.bar/page") is allowed


def test_a_byte_that_is_no_utf_8_is_compared_as_a_url_holds_it() -> None:
    rules = rules_of(RobotsAnswer(200, b"User-agent: *\nDisallow: /caf\xe9"))
    assert rules.why_denied("http://foo.bar/caf%E9", "Bowerbird")
    assert not rules.why_denied("http://foo.bar/cafe", "Bowerbird")


@pytest.mark.parametrize("line_break", [b"\n", b"\r", b"\r\n"])
def test_a_line_that_the_limit_cuts_says_nothing(line_break: bytes) -> None:
    start = b"User-agent: *" + line_break
    padding = b"#" * (MAX_ROBOTS_BYTES - len(start) - len(b"Disallow: /") - len(line_break)) + line_break
    body = start + padding + b"Disallow: /private/"
    assert len(body) > MAX_ROBOTS_BYTES
    assert "Disallow" not in text_of(body, limit=MAX_ROBOTS_BYTES)
    assert "Disallow" in text_of(body, limit=len(body))


def test_its_sitemaps_are_named() -> None:
    body = b"Sitemap: https://foo.bar/a.xml\nUser-agent: x\nDisallow: /\nsitemap: https://foo.bar/b.xml"
    assert rules_of(RobotsAnswer(200, body)).sitemaps == ("https://foo.bar/a.xml", "https://foo.bar/b.xml")
    assert rules_of(RobotsAnswer(404)).sitemaps == ()


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [
        ("Bowerbird/0.1 (+https://example.org)", "Bowerbird"),
        ("Mozilla/5.0 (compatible; bowerbird/0.1; +https://example.org)", "Bowerbird"),
        ("Mozilla/5.0 (compatible; DeskBot/1.0)", "DeskBot"),
        ("desk-bot/2 (me@example.org)", "desk-bot"),
        ("2cool", "-"),
    ],
)
def test_the_product_token_is_the_name_of_a_user_agent(user_agent: str, token: str) -> None:
    assert product_token(user_agent) == token
