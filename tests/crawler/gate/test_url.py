"""What the looks of a URL say about fetching it."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.errors import RefusedAddress
from crawler.gate.gate import Gate
from crawler.gate.url import check_url, fault_of, host_and_port
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
    "http://127.0.0.1:25/": "port 25 is not allowed",
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
}


@pytest.mark.parametrize(("url", "why"), REFUSED.items())
def test_a_url_is_refused_by_its_looks_with_a_reason(url: str, why: str | None) -> None:
    if why is None:
        GATE.check(url)
        return
    with pytest.raises(RefusedAddress, match=why) as caught:
        GATE.check(url)
    assert len(str(caught.value)) < 400
    assert caught.value.url == url[:200]


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


@given(st.text(max_size=60) | st.text(alphabet="htps:/.@[]%0127xaé。１#?\\", max_size=60).map("http://".__add__))
def test_what_passes_can_be_requested_and_says_one_thing_to_all_parsers(url: str) -> None:
    if fault_of(url) is not None:
        with pytest.raises(RefusedAddress):
            check_url(url)
        return
    host_and_port(url)
    assert "@" not in urlsplit(Request(url).url).netloc
