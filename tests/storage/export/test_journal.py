"""The ledger's file: what a kill or a power cut may leave, and what nobody but a person can have done."""

from pathlib import Path

import pytest

from storage.export.entry import Content, Entry, entry_from, entry_values
from storage.export.errors import BadLedger
from storage.export.folder import Folder
from storage.export.journal import Journal, load_journal
from storage.export.ledger import FEW_LINES, Ledger, close_ledger, load_ledger, save_ledger

FULL = Entry(
    "a/ü.md",
    written=Content("d1", "b1", {"link": "h1", "extra.x": "h2"}, is_merged=True),
    coming=Content("d2"),
    stamp="s",
    size_bytes=7,
    mtime_ns=1234567890123456789,
    identity="i",
    shared=("topics/x.md",),
    is_kept=True,
    is_moved=True,
)
JOURNAL = ".bowerbird/p.jsonl"


def load(folder: Path) -> Ledger:
    with Folder(folder) as opened:
        return load_ledger(opened, profile_name="p", format_name="text")


def save(folder: Path, **entries: Entry | None) -> None:
    """Open the ledger, change entries one at a time, and close it."""
    with Folder(folder) as opened:
        ledger = load_ledger(opened, profile_name="p", format_name="text")
        for key, entry in entries.items():
            if entry:
                ledger.record(key, entry)
            else:
                ledger.forget(key)
            save_ledger(opened, ledger)
        close_ledger(opened, ledger)


@pytest.mark.parametrize("entry", [FULL, Entry("x"), Entry("x", written=Content("d"), size_bytes=0)])
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    assert entry_from(entry_values(entry)) == entry


def test_entries_last_and_the_last_of_a_key_counts(tmp_path: Path) -> None:
    save(tmp_path, a=Entry("a.md"), b=FULL)
    save(tmp_path, a=Entry("c.md"))
    save(tmp_path, b=None)
    ledger = load(tmp_path)
    assert ledger.entries == {"a": Entry("c.md")}
    assert ledger.is_free("a.md", key="z")
    assert ledger.is_free(FULL.path, key="z")
    assert not ledger.is_free("C.MD", key="z")


def test_nothing_is_appended_where_nothing_has_changed(tmp_path: Path) -> None:
    save(tmp_path, a=FULL)
    before = (tmp_path / JOURNAL).read_bytes()
    save(tmp_path, a=FULL)
    assert (tmp_path / JOURNAL).read_bytes() == before


def test_an_append_costs_no_more_when_there_is_much(tmp_path: Path) -> None:
    save(tmp_path, **{f"k{number}": Entry(f"{number}.md") for number in range(50)})
    before = (tmp_path / JOURNAL).read_bytes()
    save(tmp_path, new=Entry("new.md"))
    added = (tmp_path / JOURNAL).read_bytes().removeprefix(before)
    assert added.count(b"\n") == 2


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_end_is_passed_over_and_cleared_away(tmp_path: Path, cut: int) -> None:
    save(tmp_path, a=Entry("a.md"))
    save(tmp_path, a=Entry("a.md", stamp="new"), b=Entry("b.md"))
    journal = tmp_path / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-cut])
    assert load(tmp_path).entries["a"].path == "a.md"
    save(tmp_path, c=Entry("c.md"))
    save(tmp_path, d=Entry("d.md"))
    assert {"a", "c", "d"} <= load(tmp_path).entries.keys()
    assert journal.read_bytes().count(b'"version"') == 2


def test_zeros_that_a_power_cut_left_are_passed_over(tmp_path: Path) -> None:
    save(tmp_path, a=Entry("a.md"))
    save(tmp_path, b=Entry("b.md"))
    journal = tmp_path / JOURNAL
    journal.write_bytes(journal.read_bytes() + bytes(4096) + b'\n{"key": "c", "path": "c.md"}\n')
    assert load(tmp_path).entries.keys() == {"a", "b", "c"}


@pytest.mark.parametrize("line", [0, 1, 3])
def test_a_line_that_somebody_broke_is_refused(tmp_path: Path, line: int) -> None:
    for key in "abc":
        save(tmp_path, **{key: Entry(f"{key}.md")})
    journal = tmp_path / JOURNAL
    lines = journal.read_bytes().split(b"\n")
    lines[line] = b"oops"
    journal.write_bytes(b"\n".join(lines))
    with pytest.raises(BadLedger, match=f"line {line + 1} is broken"):
        load(tmp_path)


def test_a_key_may_hold_anything(tmp_path: Path) -> None:
    keys = ["\ud800", "a\nb", "\u2028", '"', "version"]
    save(tmp_path, **{key: Entry(f"{number}.md") for number, key in enumerate(keys)})
    assert list(load(tmp_path).entries) == keys


def test_what_is_superseded_is_cleared_away_in_time(tmp_path: Path) -> None:
    with Folder(tmp_path) as opened:
        ledger = load_ledger(opened, profile_name="p", format_name="text")
        for number in range(FEW_LINES + 2):
            ledger.record("a", Entry("a.md", stamp=str(number)))
            save_ledger(opened, ledger)
        assert (tmp_path / JOURNAL).read_bytes().count(b'"key"') == FEW_LINES + 2
        close_ledger(opened, ledger)
    assert (tmp_path / JOURNAL).read_bytes().count(b'"key"') == 1
    assert load(tmp_path).entries["a"].stamp == str(FEW_LINES + 1)


def test_a_missing_file_is_an_empty_journal(tmp_path: Path) -> None:
    with Folder(tmp_path) as opened:
        assert load_journal(opened, JOURNAL) == Journal(must_be_rewritten=True)
