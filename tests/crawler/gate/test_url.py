"""What the looks of a URL say about fetching it."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.errors import RefusedAddress
from crawler.gate.gate import Gate
from crawler.gate.url import asked_url, check_url, fault_of, host_and_port, one_spelling, without_spaces
from crawler.settings import CrawlerSettings

GATE = Gate.from_settings(CrawlerSettings(extra_ports=(8000,), allow_private_hosts=("127.0.0.1:9", "[::1]:7")))

REFUSED = {
    "file:///etc/passwd": "only http and https",
    "ftp://example.org/": "only http and https",
    "data:text/html,hello": "only http and https",
    "javascript:alert(1)": "only http and https",
    "gopher://example.org/": "only http and https",
    "s3://bucket/key": "only http and https",
    "//example.org/": "without a scheme",
    "example.org/page": "without a scheme",
    "": "without a scheme",
    "http://": "names no host",
    "http:///path": "names no host",
    "http://:80/": "names no host",
    "http://example.org:22/": "port 22 is not allowed",
    "http://example.org:0/": "port 0 is not allowed",
    "http://example.org:9/": "port 9 is not allowed",
    "http://127.0.0.1:25/": "127.0.0.1 is not a public address",
    "http://example.org:65536/": "cannot be read",
    "http://example.org:x/": "cannot be read",
    "http://[::1": "cannot be read",
    "http://[example.org]/": "cannot be read",
    "http://user@example.org/": "user name",
    "http://user:word@example.org/": "user name",
    "http://example.org@127.0.0.1/": "user name",
    "http://127.0.0.1#@example.org/": None,
    "http://a..b/": "no name",
    "http://.example.org/": "no name",
    "http://example.org../": "no name",
    "http://./": "no name",
    "http://" + "a" * 64 + ".org/": "no name",
    "http://" + "a." * 127 + "org/": "no name",
    "http://example.org./": None,
    "http://[2606:4700:4700:0000:0000:0000:0000:1111]/": None,
    "http://exa%6dple.org/": "percent sign",
    "http://%31%32%37.0.0.1/": "percent sign",
    "http://[fe80::1%25eth0]/": "percent sign",
    "http://127.0.0.1\\@example.org/": "backslash",
    "http://example.org\\.evil.net/": "backslash",
    "http://example.org/a b": "a space",
    "http://example.org/\tx": "control character",
    "http://example.org/\r\nHost: x": "control character",
    "http://exa\x00mple.org/": "control character",
    " http://example.org/": "a space",
    "http://example.org/" + "a" * 8200: "longer than 8192",
    "http://example.org": None,
    "https://example.org/a?b=c#d": None,
    "HTTPS://EXAMPLE.ORG/": None,
    "http://example.org:8080/": None,
    "https://example.org:8443/": None,
    "http://example.org:8000/": None,
    "http://127.0.0.1:9/": None,
    "http://[::1]:7/": None,
    "http://bücher.example/": None,
    "http://straße.example/": None,
    "http://例え.テスト/": None,
    "http://xn--bcher-kva.example/": None,
    "http://☃.example/": None,
    "http://a_b.example.org/": None,
    "http://exa<mple.org/": "standard calls it invalid",
    "http://exa^mple.org/": "standard calls it invalid",
    "http://1.2.3.4.5/": "standard calls it invalid",
    "http://256.256.256.256/": "standard calls it invalid",
    "http://[::1.2.3]/": "read|standard",
    "http://127.1/": "another reader would take its host for 127.0.0.1",
    "http://0x7f000001/": "another reader would take its host for 127.0.0.1",
    "http://2130706433/": "another reader would take its host for 127.0.0.1",
    "http://0177.0.0.1/": "another reader would take its host for 127.0.0.1",
    "http://0x8080808/": "another reader would take its host for 8.8.8.8",
    "http://exa\u00admple.org/": None,
    "http:example.org/": "names no host",
    "http:/example.org/": "names no host",
    "http:///example.org/": "names no host",
    "http://example.org:8０80/": "read|standard",
}


@pytest.mark.parametrize(("url", "why"), REFUSED.items())
def test_a_url_is_refused_by_its_looks_with_a_reason(url: str, why: str | None) -> None:
    if why is None:
        GATE.check(url)
        return
    with pytest.raises(RefusedAddress, match=why) as caught:
        GATE.check(url)
    assert len(str(caught.value)) < 400
    assert caught.value.url == url.replace("word", "********")[:200]


def test_an_opted_in_port_is_open_for_its_host_alone() -> None:
    GATE.check("http://127.0.0.1:9/")
    for url in ("http://127.0.0.2:9/", "http://127.0.0.1:10/", "http://localhost:9/"):
        with pytest.raises(RefusedAddress):
            GATE.check(url)


def test_opting_a_host_in_opens_no_other_scheme() -> None:
    with pytest.raises(RefusedAddress):
        GATE.check("ftp://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Example.ORG/", ("example.org", 80)),
        ("https://example.org/", ("example.org", 443)),
        ("http://example.org:8080/", ("example.org", 8080)),
        ("http://example.org:0/", ("example.org", 0)),
        ("http://[2606:4700::1]:8080/", ("2606:4700::1", 8080)),
    ],
)
def test_host_and_port_are_those_that_are_connected_to(url: str, expected: tuple[str, int]) -> None:
    assert host_and_port(url) == expected


def test_what_the_url_standard_calls_invalid_is_refused_and_the_rest_read_as_it_says(shared: Path) -> None:
    cases = json.loads((shared / "standards" / "url-cases.json").read_text(encoding="utf-8"))
    cases = [case for case in cases if isinstance(case, dict)]
    every_port = frozenset(range(65536))
    fetched = [case for case in cases if fault_of(without_spaces(case["input"]), every_port) is None]
    assert [case["input"] for case in fetched if case.get("failure")] == []
    read = {case["input"]: asked_of(case["input"]) for case in fetched}
    assert read == {case["input"]: (one_spelling(case["hostname"]), port_in(case)) for case in fetched}
    assert len(fetched) > 100


def asked_of(text: str) -> tuple[str, int]:
    """Return whom a request for text would go to."""
    host, port = host_and_port(Request(asked_url(without_spaces(text))).url)
    return one_spelling(host), port


def port_in(case: dict[str, str]) -> int:
    """Return the port a case expects."""
    return int(case["port"] or {"http:": 80, "https:": 443}[case["protocol"]])


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Bücher.example/ä?ö#ü", "http://xn--bcher-kva.example/ä?ö#ü"),
        ("http://straße.example:8080/", "http://xn--strae-oqa.example:8080/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("http://ＥＸＡＭＰＬＥ.org/", "http://example.org/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://example.org/ä", "http://example.org/ä"),
        ("http://Example.org/a b", "http://Example.org/a b"),
        ("http://[ü/", "http://[ü/"),
    ],
)
def test_an_international_name_is_asked_for_as_browsers_do(url: str, asked: str) -> None:
    assert asked_url(url) == asked


@given(st.text(max_size=60) | st.text(alphabet="htps:/.@[]%0127xaé。１#?\\", max_size=60).map("http://".__add__))
def test_what_passes_can_be_requested_and_says_one_thing_to_all_parsers(url: str) -> None:
    if fault_of(url) is not None:
        with pytest.raises(RefusedAddress):
            check_url(url)
        return
    host_and_port(url)
    assert "@" not in urlsplit(Request(url).url).netloc
