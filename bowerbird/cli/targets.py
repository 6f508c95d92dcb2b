"""What a person names on the command line: URLs, saved pages, or a list of them on stdin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bowerbird.settings.source import check_url
from crawler.gate.url import without_spaces
from storage.identity.url import url_key

SCHEME = re.compile(r"(?:about|blob|data|feed|file|ftp|https?|javascript|mailto):", re.IGNORECASE)
NOTHING_NAMED = "the list is empty; there is nothing to do"


@dataclass(frozen=True, slots=True)
class TargetList:
    """Targets told apart. A thing with ``://`` or a known scheme is a URL, any other a file."""

    urls: tuple[str, ...]
    paths: tuple[Path, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.urls) + len(self.paths)


def read_targets(arguments: Sequence[str], stdin: Iterable[str]) -> TargetList:
    """Return what arguments name, each once, in their order; ``-`` stands for the lines of stdin, which may be none.

    Raises:
        click.UsageError: nothing is named, not even a list.
    """
    named = list(dict.fromkeys(filter(None, each_target(arguments, stdin))))
    if not named and "-" not in arguments:
        raise click.UsageError("name a URL or a saved page, or - to read a list from stdin")
    urls = tuple(name for name in named if is_url(name))
    return TargetList(urls, tuple(Path(name) for name in named if not is_url(name)))


def is_url(name: str) -> bool:
    """Whether a target is meant as a URL, good or bad. A file that is called like one is named as ``./data:x``."""
    return "://" in name or SCHEME.match(name) is not None


def spellings_of(urls: Iterable[str]) -> dict[str, list[str]]:
    """Return by its key each URL as it was written: several spellings of one are fetched once."""
    spellings: dict[str, list[str]] = {}
    for url in urls:
        spellings.setdefault(url_key(without_spaces(url)), []).append(url)
    return spellings


def check_origin(url: str | None, named: TargetList) -> None:
    """Let pass what --url says of the targets.

    Raises:
        click.UsageError: it is no URL of the web, or the target is not one saved page.
    """
    if url is None:
        return
    if named.urls or len(named.paths) != 1:
        raise click.UsageError("--url goes with one saved page")
    try:
        check_url(url)
    except ValueError as error:
        raise click.UsageError(f"--url {url}: {error}") from error


def each_target(arguments: Sequence[str], stdin: Iterable[str]) -> Iterator[str]:
    """Yield each target as it was written; empty lines and ``#`` comments of a list are skipped."""
    for argument in arguments:
        if argument != "-":
            yield argument
            continue
        for line in stdin:
            if line.strip() and not line.startswith("#"):
                yield line.strip()
