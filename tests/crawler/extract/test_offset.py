from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.clues import Clues
from crawler.extract.offset import in_local_time

ReadClues = Callable[..., Clues]
AT = datetime(2026, 4, 3, 1, 9, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "hours"),
    [
        ("2026-04-02T18:09:55-07:00", -7),
        ("2026-04-02 18:09:55", -7),
        ("2026-04-03 06:54:55", 5.75),
        ("2026-04-02T18:09:54-07:00", 0),
        ("2026-04-02 18:10:55", 0),
        ("2026-04-01 18:09:55", 0),
        ("yesterday", 0),
    ],
)
def test_an_instant_is_given_as_its_place_reads_it(clues_of: ReadClues, stated: str, hours: float) -> None:
    for head, body in ((f'<meta name="sailthru.date" content="{stated}">', ""), ("", f'<time datetime="{stated}">')):
        found = in_local_time(AT, clues_of(head, body))
        assert found == AT
        assert found.utcoffset() == timedelta(hours=hours)


def test_a_full_minute_proves_nothing(clues_of: ReadClues) -> None:
    stated = '<meta name="sailthru.date" content="2026-04-02 18:09:00">'
    assert in_local_time(AT.replace(second=0), clues_of(stated)).utcoffset() == timedelta(0)
