from pathlib import Path

import pytest

from crawler.errors import BadManifest
from crawler.extract.manifest import BrokenEntry, Entry, read_manifest


def manifest(folder: Path, text: str) -> Path:
    path = folder / "pages.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_read_and_empty_lines_skipped(tmp_path: Path) -> None:
    path = manifest(
        tmp_path,
        '{"id": "a", "path": "a.html", "url": null}\n\n{"id": 7, "path": "b.html.gz", "url": "https://e.org"}\n',
    )
    assert list(read_manifest(path)) == [
        Entry("a", Path("a.html"), "", 1),
        Entry("7", Path("b.html.gz"), "https://e.org", 3),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is a JSON list"),
        ('{"path": "x"}', "has no id"),
        ('{"id": "x"}', "has no path"),
        ('{"id": "x", "path": "y", "url": 3}', "url"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_others_are_read(tmp_path: Path, line: str, why: str) -> None:
    path = manifest(tmp_path, f'{{"id": "a", "path": "b"}}\n{line}\n{{"id": "c", "path": "d"}}\n')
    first, bad, last = read_manifest(path)
    assert (first, last) == (Entry("a", Path("b"), "", 1), Entry("c", Path("d"), "", 3))
    assert isinstance(bad, BrokenEntry)
    assert bad.line == 2
    assert bad.why.startswith(f"{path}:2: ")
    assert why in bad.why


def test_a_byte_that_is_not_utf_8_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"id": "a", "path": "b"}\n\n{"id": "c", "path": "\xff"}\n')
    with pytest.raises(BadManifest, match="not UTF-8") as caught:
        list(read_manifest(path))
    assert caught.value.line == 3


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    assert list(read_manifest(manifest(tmp_path, '\ufeff{"id": "a", "path": "b"}'))) == [Entry("a", Path("b"), "", 1)]


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match="cannot be read"):
        list(read_manifest(tmp_path / "none.jsonl"))
