"""Every command that README.md shows works as it is shown; every command there is, is in the documents.

The commands run one after the other in one folder, as a reader would type them, on the newsroom instead of example.org.
"""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bowerbird.cli.lazy import COMMANDS
from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from tests.bowerbird.cli.hostile import PROSE, article
from tests.bowerbird.shell import COMMAND, environment

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?:console|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = [
    line.removeprefix("$ ") for block in BLOCK.findall(README) for line in block.splitlines() if line.startswith("$ ")
]
COMMANDS_SHOWN = [line for line in SHOWN if line.startswith("bowerbird ")]
# These go on until Ctrl-C; what they say on stderr once they are up.
ENDLESS = {"serve": "status page at http://", "--keep": "the newsroom stays up"}


@dataclass(frozen=True, slots=True)
class Typed:
    """How one command ended. said: on stderr."""

    line: str
    code: int
    said: str


def places(newsroom: Newsroom) -> dict[str, str]:
    """Return what stands for each address that a document may name, the longest first."""
    ledger, notes = newsroom.sources[0].url, newsroom.sources[3].url
    known = {
        "https://example.org/feed.xml": ledger,
        "https://example.org/atom.xml": newsroom.sources[1].url,
        "https://example.org/sitemap.xml": newsroom.sources[2].url,
        "https://example.org/politics/": notes,
        "https://example.org/article.html": newsroom.url_of("tool-library"),
        "https://example.org/a.html": newsroom.url_of("seal-count"),
        "https://example.org/": next(iter(newsroom.addresses.values())) + "/",
    }
    return dict(sorted(known.items(), key=lambda pair: -len(pair[0])))


def type_command(line: str, *, folder: Path) -> Typed:
    """Run one line as a shell does; one that goes on is interrupted once it is up."""
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen(
        ["bash", "-c", f"exec {line}" if " | " not in line else line],
        cwd=folder,
        env={**environment(), "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = wait_until_up(process, line)
            rest = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    return Typed(line, process.returncode, said + rest)


def wait_until_up(process: "subprocess.Popen[str]", line: str) -> str:
    """Interrupt a command that goes on by itself, once it is up; return what it has said by then."""
    signs = [sign for word, sign in ENDLESS.items() if word in line.split()]
    said = ""
    while signs and signs[0] not in said:
        assert process.stderr is not None
        heard = process.stderr.readline()
        if not heard:
            return said
        said += heard
    if signs:
        process.send_signal(signal.SIGINT)
    return said


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Typed]]:
    """All commands of README.md, typed in their order."""
    folder = tmp_path_factory.mktemp("reader")
    for name in ("page.html", "saved.html"):
        (folder / name).write_text(article("Blue things", PROSE), encoding="utf-8")
    with running_newsroom(slow_seconds=0) as newsroom:
        settings = {"crawler": {"delay_seconds": 0, "allow_private_hosts": newsroom.hosts}, "web": {"port": 0}}
        (folder / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
        (folder / "list.txt").write_text(newsroom.url_of("flood-gauge"), encoding="utf-8")
        done = []
        for line in COMMANDS_SHOWN:
            for shown, real in places(newsroom).items():
                line = line.replace(shown, real)
            done.append(type_command(line, folder=folder))
        yield done


def test_the_readme_shows_some_commands() -> None:
    assert len(COMMANDS_SHOWN) >= 5


def test_every_command_of_the_readme_works_as_shown(typed: list[Typed]) -> None:
    assert [done for done in typed if done.code != 0 or "Traceback" in done.said] == []
    assert [done.line for done in typed if "example." in done.line] == []


def test_every_target_of_make_that_is_shown_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = [line.split()[1] for line in SHOWN if line.startswith("make ")]
    assert shown
    assert set(shown) <= targets


def test_nothing_else_is_shown_as_a_command() -> None:
    assert [line for line in SHOWN if not line.startswith(("bowerbird ", "make "))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_there_is_stands_in_the_documents(name: str) -> None:
    documents = [README, *(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))]
    assert any(re.search(rf"\bbowerbird {name}\b", document) for document in documents)
