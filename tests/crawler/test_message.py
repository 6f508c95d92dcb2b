"""What crosses the pipe between the service and its crawler: whole, and one line each."""

from typing import Any

import pytest
from pydantic import ValidationError

from crawler.message import (
    ChildMessage,
    Done,
    ParentMessage,
    Ready,
    Setup,
    Stop,
    Ticket,
    dump,
    parse_child_message,
    parse_parent_message,
)
from crawler.order import RunResult
from crawler.settings import CrawlerSettings
from storage.outcome import Totals
from storage.settings import StorageSettings
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.fetching import order_for

ORDER = order_for(
    "https://example.org/feed\n", kind=SourceKind.FEED, include=("*/a/*", "re:\\d"), tags=("ü", "\u2028"), limit=3,
    since="30d", category="news", body="article > p", recheck=True, is_dry=True, trigger="schedule",
)  # fmt: skip
RESULT = RunResult(
    run_id=7, source="source", status="finished", reason='2 offered\nand "more"\u2028', found_kind=SourceKind.SITEMAP,
    totals=Totals(offered=2, requests=4, not_modified=1, bytes=10**12), verdicts={Verdict.CAPTURED: 1, Verdict.GONE: 1},
)  # fmt: skip


@pytest.mark.parametrize(
    "message",
    [
        Setup(
            storage=StorageSettings(database="sqlite:////tmp/ü b.db"),
            crawler=CrawlerSettings(allow_private_hosts=("127.0.0.1:1",), recheck=("1h",), workers=2),
        ),
        Ticket(number=1, order=ORDER),
        Stop(),
    ],
)
def test_what_the_parent_says_arrives_as_it_was(message: ParentMessage) -> None:
    line = dump(message)
    assert len(line.splitlines()) <= 2  # str.splitlines knows U+2028; a pipe does not
    assert "\n" not in line
    assert parse_parent_message(line.encode() + b"\n") == message


@pytest.mark.parametrize("message", [Ready(), Done(number=1, result=RESULT, peak_bytes=10**10)])
def test_what_the_child_says_arrives_as_it_was(message: ChildMessage) -> None:
    line = dump(message)
    assert "\n" not in line
    assert parse_child_message(line.encode() + b"\n") == message


def test_a_result_counts_what_is_new_and_what_went_wrong() -> None:
    verdicts = {Verdict.CAPTURED: 1, Verdict.CHANGED: 2, Verdict.PAYWALLED: 4, Verdict.GONE: 8, Verdict.KNOWN: 16}
    result = RunResult(run_id=1, source="s", status="finished", reason="", verdicts=verdicts)
    assert (result.new, result.failures) == (7, 8)


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{}", b"[]", b"not json", b'{"says": "other"}', b'{"says": "stop", "more": 1}', b"\xff"]
)
@pytest.mark.parametrize("parse", [parse_parent_message, parse_child_message])
def test_anything_else_is_a_fault(line: bytes, parse: Any) -> None:
    with pytest.raises(ValidationError):
        parse(line)
