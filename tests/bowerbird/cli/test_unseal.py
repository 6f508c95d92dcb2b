"""bowerbird unseal: what is sealed in news items."""

import json
import os
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.settings.environment import read_environment
from storage.article import Article
from storage.export.sealing import sealed
from storage.formats.news import NewsFormat
from storage.formats.sealing_key import SealingKey
from storage.formats.secret import hash_of_url
from storage.identity.content import content_hash
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

VARIABLE = "BOWERBIRD_SECURED_KEY"
SECRET = bytes(range(200, 232))
ARTICLE = Article(
    url="https://example.org/blue",
    id="k3xw5qmd2a",
    title="Blue",
    text="It is only paper.",
    captured_at=datetime(2026, 11, 2, 7, 30, 1, tzinfo=UTC),
)
BROKEN = "the field 'secured' was changed or is sealed under another key; give the key it was sealed with"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of these tests in the environment."""
    monkeypatch.setenv(VARIABLE, SECRET.hex())


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """A sealed news item."""
    return written(tmp_path / "_news/blue.md", ARTICLE)


def written(path: Path, article: Article) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NewsFormat().write(sealed(article, key=SealingKey(SECRET))).text, encoding="utf-8")
    return path


def test_a_record_is_shown_a_field_a_line(cli: Cli, item: Path) -> None:
    done = cli("unseal", str(item))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"file            {item}\n"
        "version         1\n"
        "article_id      k3xw5qmd2a\n"
        "captured_at     2026-11-02 07:30:01\n"
        "url             https://example.org/blue\n"
        "is_sealed_url   yes\n"
        f"url_sha256      {hash_of_url('https://example.org/blue')}\n"
        f"content_sha256  {content_hash('It is only paper.')}\n"
    )


def test_a_record_is_one_object_in_json(cli: Cli, item: Path) -> None:
    (row,) = rows(cli("unseal", "--json", str(item)).stdout)
    assert row == {
        "file": str(item),
        "version": 1,
        "article_id": "k3xw5qmd2a",
        "captured_at": "2026-11-02T07:30:01+00:00",
        "url": "https://example.org/blue",
        "is_sealed_url": True,
        "url_sha256": hash_of_url("https://example.org/blue"),
        "content_sha256": content_hash("It is only paper."),
    }


def test_another_spelling_of_the_file_says_the_same(cli: Cli, item: Path) -> None:
    before = cli("unseal", str(item)).stdout
    lines = [
        line for line in item.read_text(encoding="utf-8").split("\n") if line.startswith(("secured", "originalUrl"))
    ]
    item.write_bytes(("\ufeff---\r\n" + "\r\n".join(reversed(lines)).replace('"', "'") + "\r\n---\r\n").encode())
    assert cli("unseal", str(item)).stdout == before


def test_an_address_that_was_exchanged_shows(cli: Cli, item: Path) -> None:
    item.write_text(item.read_text(encoding="utf-8").replace("example.org/blue", "example.org/red"), encoding="utf-8")
    (row,) = rows(cli("unseal", "--json", str(item)).stdout)
    assert (row["url"], row["is_sealed_url"]) == ("https://example.org/red", False)


def test_the_key_may_be_base64(cli: Cli, item: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, b64encode(SECRET).decode())
    assert cli("unseal", str(item)).returncode == 0


@pytest.mark.parametrize("value", [None, "", " "])
def test_without_a_key_it_says_how_to_set_one(
    cli: Cli, item: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(VARIABLE) if value is None else monkeypatch.setenv(VARIABLE, value)
    done = cli("unseal", str(item))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"bowerbird: {VARIABLE} is not set; ")


def test_a_key_of_a_wrong_shape_is_refused_and_not_shown(cli: Cli, item: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET.hex()[:-1])
    done = cli("-vv", "unseal", str(item))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"bowerbird: {VARIABLE} is no key: it must be 64 hexadecimal digits" in done.stderr
    assert "openssl rand -hex 32" in done.stderr
    assert SECRET.hex()[:8] not in done.stderr


def test_another_key_is_refused(cli: Cli, item: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "00" * 32)
    done = cli("unseal", str(item))
    assert (done.returncode, done.stdout, done.stderr) == (5, "", f"{item}: {BROKEN}\n")


def test_an_envelope_that_was_changed_is_refused(cli: Cli, item: Path) -> None:
    text = item.read_text(encoding="utf-8")
    place = text.index('secured: "') + 60
    item.write_text(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :], encoding="utf-8")
    done = cli("unseal", str(item))
    assert (done.returncode, done.stdout, done.stderr) == (5, "", f"{item}: {BROKEN}\n")


def test_of_a_folder_each_item_is_shown_and_each_that_fails_is_named(cli: Cli, item: Path) -> None:
    folder = item.parent
    written(folder / "deep/red.md", replace(ARTICLE, id="b7", url="https://example.org/red"))
    (folder / "empty.md").write_text("---\ntitle: x\n---\n\n", encoding="utf-8")
    (folder / "latin.md").write_bytes(b"---\ntitle: \xe9\n---\n")
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "other.txt").write_text("x", encoding="utf-8")
    done = cli("unseal", str(folder), "--json")
    assert [row["article_id"] for row in rows(done.stdout)] == ["k3xw5qmd2a", "b7"]
    assert done.returncode == 3
    nothing = "it has no field 'secured'; it is no news item, or was written without a key"
    assert done.stderr.splitlines() == [
        f"{folder}/empty.md: {nothing}",
        f"{folder}/gone.md cannot be read: No such file or directory",
        f"{folder}/latin.md, line 2: it is not UTF-8",
        f"{folder}/other.txt: {nothing}",
    ]


def test_an_empty_line_parts_the_records_of_several_files(cli: Cli, item: Path) -> None:
    other = written(item.parent / "red.md", replace(ARTICLE, id="b7"))
    first, second = cli("unseal", str(item), str(other)).stdout.split("\n\n")
    assert (first.split("\n")[0], second.split("\n")[0]) == (f"file            {item}", f"file            {other}")


def test_a_file_that_is_not_there_is_a_wrong_call(cli: Cli) -> None:
    assert cli("unseal", "nowhere.md").returncode == 2
    assert cli("unseal").returncode == 2


def test_the_seed_is_sealed_under_a_key_that_nobody_has(cli: Cli) -> None:
    shared = Path(os.environ.get("BOWERBIRD_SHARED") or Path(__file__).resolve().parents[4] / "shared")
    seed = shared / "formats/seeds/000_news.md"
    if not seed.is_file():
        pytest.skip(f"the reference files are not at {shared}; set BOWERBIRD_SHARED to their folder")
    done = cli("unseal", str(seed))
    assert (done.returncode, done.stdout, done.stderr) == (5, "", f"{seed}: {BROKEN}\n")


def test_the_key_is_no_setting(cli: Cli, tmp_path: Path) -> None:
    assert read_environment({VARIABLE: SECRET.hex()}).problems == ()
    (tmp_path / "settings.yaml").write_text("{}", encoding="utf-8")
    done = cli("--settings", str(tmp_path / "settings.yaml"), "settings", "show", "--json")
    assert done.returncode == 0
    assert SECRET.hex() not in done.stdout + json.dumps(done.stderr)
