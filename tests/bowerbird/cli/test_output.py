"""What goes to stdout: tables, lines, JSON, and nothing that could harm a terminal."""

import io
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bowerbird.cli.output import Column, Output, clean_block, clean_line

HOSTILE = "a\x1b]0;x\x07b\u202ec\u2066d\x9be\ud800f\u2028g\r\nh\ti\U000e0041"
COLUMNS = [Column("name", "Source"), Column("new", "New", is_number=True)]
ROWS = [{"name": "日本", "new": 3, "url": "x"}, {"name": "[red]beispiel[/red]", "new": 12, "url": "y"}]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_line_is_one_line_without_controls() -> None:
    assert clean_line(HOSTILE) == "a ]0;x b c d e f g h i"


def test_a_block_keeps_its_lines() -> None:
    assert clean_block(f"one\r\ntwo {HOSTILE[:6]}") == "one\ntwo a]0;x"


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍👩‍👧", "שלום", "Zürich 日本"])
def test_scripts_and_their_joiners_stay(text: str) -> None:
    assert clean_line(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (["a", "b"], "a, b"),
        (datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "2026-01-02 03:04:05"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=8))), "2026-01-02 03:04:00+08:00"),
        (date(2026, 1, 2), "2026-01-02"),
        (0, "0"),
    ],
)
def test_values_are_written_as_a_person_reads_them(value: object, text: str) -> None:
    assert clean_line(value) == text


def test_a_table_is_aligned_text_where_nobody_watches() -> None:
    stream = io.StringIO()
    Output(stream=stream).table(ROWS, COLUMNS)
    assert stream.getvalue().splitlines() == [
        "Source               New",
        "日本                   3",
        "[red]beispiel[/red]   12",
    ]


def test_a_table_on_a_terminal_takes_no_markup_and_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    Output(stream=stream).table([*ROWS, {"name": HOSTILE, "new": None}], COLUMNS)
    assert "[red]beispiel[/red]" in stream.getvalue()
    assert "\x1b[3" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()


def test_json_is_one_object_a_line_with_every_field() -> None:
    stream = io.StringIO()
    Output(as_json=True, stream=stream).table(ROWS, COLUMNS)
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == ROWS
    assert "日本" in stream.getvalue()


def test_json_gives_hostile_text_back_but_shows_none_of_it() -> None:
    stream = io.StringIO()
    Output(as_json=True, stream=stream).item({"title": HOSTILE, "at": datetime(2026, 1, 2, tzinfo=UTC)}, "")
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line) == {"title": HOSTILE, "at": "2026-01-02T00:00:00+00:00"}
    assert line.isascii()


def test_a_record_is_a_line_for_each_field() -> None:
    stream = io.StringIO()
    Output(stream=stream).record({"id": "a1", "title": "x\ny", "note": None})
    assert stream.getvalue() == "id     a1\ntitle  x y\nnote\n"
