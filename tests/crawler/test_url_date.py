"""The day that a URL's path names."""

from datetime import date

import pytest

from crawler.url_date import url_date


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2026/11/26/council-votes", date(2026, 11, 26)),
        ("/news/2026/1/5/council", date(2026, 1, 5)),
        ("/2026/11/26.html", date(2026, 11, 26)),
        ("/2026-11-26-council-votes", date(2026, 11, 26)),
        ("/world/2026-11-26/council", date(2026, 11, 26)),
        ("/2026/11/council-votes", date(2026, 11, 30)),
        ("/2024/02/", date(2024, 2, 29)),
        ("/2026-12/x", date(2026, 12, 31)),
        ("/2026/02/30/x", None),
        ("/2026/13/x", None),
        ("/article/20261126", None),
        ("/2026", None),
        ("/12345/11/26", None),
        ("/a?date=2026-11-26", None),
        ("", None),
    ],
)
def test_the_day_in_a_path_is_read_as_newspapers_write_it(path: str, expected: date | None) -> None:
    assert url_date(f"https://example.org{path}") == expected


def test_a_url_that_cannot_be_read_names_no_day() -> None:
    assert url_date("https://[::1/2026/11/26/") is None
