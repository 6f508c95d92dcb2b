"""bowerbird export --images download: pictures are fetched through the gate, once, and shown by the files."""

import re
from pathlib import Path

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import Shell, rows


def test_pictures_are_fetched_once_and_shown(crawled: Crawled, tmp_path: Path) -> None:
    out = tmp_path / "site"
    arguments = ("export", "--format", "hugo", "--to", str(out), "--images", "download")
    done = crawled.shell.run(*arguments)
    assert done.returncode == 0, done.stderr
    pages = {path: path.read_text(encoding="utf-8") for path in out.glob("content/posts/*/index.md")}
    shown = [(path, name) for path, text in pages.items() for name in re.findall(r"\]\(([0-9a-f]{16}\.\w+)", text)]
    shown += [(path, name) for path, text in pages.items() for name in re.findall(r'- "([0-9a-f]{16}\.\w+)"', text)]
    assert shown
    for path, name in shown:
        assert (path.parent / name).is_file()
    again = crawled.shell.run(*arguments, "--json")
    (row,) = rows(again.stdout)
    assert (row["written"], row["unchanged"]) == (0, len(pages))
    assert "fetch" not in again.stderr


def test_a_dry_run_fetches_nothing(crawled: Crawled, tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = crawled.shell.run("export", "--format", "hugo", "--to", str(out), "--images", "download", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert not out.exists()


def test_a_picture_in_a_private_network_stays_a_link(crawled: Crawled, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    words = "Some words that stand for a text of some length. " * 12
    picture = "<img src='http://127.0.0.1:9/p.png' alt='a' width='900' height='600'>"
    body = f"<h1>A page</h1><p>{words}</p><p>{picture}</p><p>{words}</p>"
    (tmp_path / "a.html").write_text(f"<html><title>A page</title><body><article>{body}</article></body></html>")
    assert shell.run("ingest", "a.html", "--url", "https://example.org/a").returncode == 0
    done = shell.run("export", "--format", "obsidian", "--to", "vault", "--images", "download")
    assert done.returncode == 0
    assert "no picture, so the link stays: http://127.0.0.1:9/p.png: " in done.stderr
    (note,) = (tmp_path / "vault").glob("Clippings/*.md")
    assert "http://127.0.0.1:9/p.png" in note.read_text(encoding="utf-8")


def test_a_format_without_pictures_refuses_to_fetch_any(crawled: Crawled, tmp_path: Path) -> None:
    done = crawled.shell.run("export", "--format", "news", "--to", str(tmp_path), "--images", "download")
    assert done.returncode == 2
    assert "the format news shows no pictures to download" in done.stderr
