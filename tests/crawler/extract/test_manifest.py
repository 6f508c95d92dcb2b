from pathlib import Path

import pytest

from crawler.errors import BadManifest
from crawler.extract.manifest import Entry, read_manifest


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
        ("[]", "is a JSON list"),
        ('{"path": "x"}', "has no id"),
        ('{"id": "x"}', "has no path"),
        ('{"id": "x", "path": "y", "url": 3}', "url"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str, why: str) -> None:
    path = manifest(tmp_path, f'{{"id": "a", "path": "b"}}\n{line}\n')
    with pytest.raises(BadManifest, match=why) as caught:
        list(read_manifest(path))
    assert caught.value.line == 2
    assert str(path) in str(caught.value)


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match="cannot be read"):
        list(read_manifest(tmp_path / "none.jsonl"))
