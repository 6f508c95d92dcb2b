import gzip
from pathlib import Path

import pytest

from crawler.errors import BadManifest
from crawler.extract.manifest import Entry, load_page, read_manifest


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


def test_a_page_is_read_gzipped_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>a")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>b"))
    monkeypatch.chdir(tmp_path)
    assert load_page(Entry("a", Path("a.html")), manifest="m").html == b"<p>a"
    assert load_page(Entry("b", Path("b.html.gz"), "https://e.org"), manifest="m").html == b"<p>b"


@pytest.mark.parametrize("content", [None, b"\x1f\x8bbroken", gzip.compress(b"x" * 5000)[:30]])
def test_a_page_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "p.html"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadManifest, match="cannot be read"):
        load_page(Entry("p", path, "", 4), manifest="m.jsonl")
