"""How the status page words times and counts."""

from datetime import UTC, datetime, timedelta

import pytest

from bowerbird.web.view import ago, counts, is_web_link, until
from storage.verdict import Verdict

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [(timedelta(seconds=5), "5s ago"), (timedelta(minutes=90), "1.5h ago"), (timedelta(days=12), "12d ago")],
)
def test_the_past_is_told_from_now(before: timedelta, words: str) -> None:
    assert ago(NOW - before, NOW) == words


def test_a_clock_that_was_set_back_gives_no_negative_time() -> None:
    assert ago(NOW + timedelta(hours=1), NOW) == "0s ago"


def test_what_never_was_is_never() -> None:
    assert ago(None, NOW) == "never"


@pytest.mark.parametrize(
    ("moment", "words"), [(None, "now"), (NOW - timedelta(hours=1), "now"), (NOW + timedelta(minutes=5), "in 5m")]
)
def test_the_future_is_told_from_now(moment: datetime | None, words: str) -> None:
    assert until(moment, NOW) == words


def test_counts_stand_in_the_order_of_the_closed_list() -> None:
    assert counts({Verdict.GONE: 1, Verdict.CAPTURED: 3, Verdict.KNOWN: 0}) == "3 captured, 1 gone"
    assert counts({}) == ""


@pytest.mark.parametrize(("url", "is_link"), [("https://a/", True), ("http://a/", True), ("javascript:x", False)])
def test_only_http_is_a_link(url: str, is_link: bool) -> None:
    assert is_web_link(url) is is_link
