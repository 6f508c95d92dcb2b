from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.extract.moments import parse_moment
from storage.article import Moment

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-04-02", date(2026, 4, 2)),
        ("2026-04-02T09:30:00Z", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("2026-04-02T09:30:00.123+0200", datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2026-04-02 09:30", date(2026, 4, 2)),
        ("Thu, 02 Apr 2026 09:30:00 GMT", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("1775122200", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("20260402", date(2026, 4, 2)),
        ("April 2, 2026 9:30 am EST", datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ("2.4.2026", date(2026, 4, 2)),
        ("Thu, 04/02/2026 - 11:38", date(2026, 4, 2)),
        ("Thu, 02/04/2026 - 11:38", date(2026, 4, 2)),
        ("03/04/2026", None),
        ("April 2026", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("2026-13-45", None),
        ("2026-05-09", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_left(text: str, moment: Moment | None) -> None:
    found = parse_moment(text, now=NOW)
    assert found == moment
    assert type(found) is type(moment)
