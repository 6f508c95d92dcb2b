"""How long an answer asks us to wait."""

from datetime import UTC, datetime

import pytest

from crawler.gate.retry_after import wait_seconds

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        ("120", "", 120),
        (" 5 ", "", 5),
        ("0", "", 0),
        ("99999999999999999999", "", 1e20),
        ("Thu, 26 Nov 2026 12:00:07 GMT", "", 7),
        ("Thursday, 26-Nov-26 12:00:07 GMT", "", 7),
        ("Thu Nov 26 12:00:07 2026", "", 7),
        ("Thu, 26 Nov 2026 13:00:07 +0100", "", 7),
        ("Thu, 26 Nov 2026 11:00:00 GMT", "", 0),
        ("Thu, 26 Nov 2026 12:30:07 GMT", "Thu, 26 Nov 2026 12:30:00 GMT", 7),
        ("Thu, 26 Nov 2026 12:00:07 GMT", "yesterday", 7),
        ("soon", "", None),
        ("-5", "", None),
        ("1.5", "", None),
        ("٣", "", None),
        ("", "", None),
        ("Thu, 99 Nov 2026 12:00:07 GMT", "", None),
        ("Thu, 26 Nov 99999999999999999999 12:00:07 GMT", "", None),
    ],
)
def test_seconds_and_dates_are_read(retry_after: str, date: str, seconds: float | None) -> None:
    headers = {"Retry-After": retry_after, "Date": date}
    assert wait_seconds(503, headers, now=NOW) == seconds


@pytest.mark.parametrize(("status", "is_kept"), [(429, True), (503, True), (301, True), (200, False), (404, False)])
def test_it_counts_where_the_standard_gives_it_a_meaning(status: int, is_kept: bool) -> None:
    assert (wait_seconds(status, {"Retry-After": "5"}, now=NOW) is not None) is is_kept
