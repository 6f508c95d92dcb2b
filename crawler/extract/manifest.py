"""A list of saved pages to extract: JSON lines of id, path and url. Not for the files it names."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import BadManifest


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest. path: relative to the current directory. url: empty where it is not known."""

    id: str
    path: Path
    url: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """A line of a manifest that names no page. why: with the file and the line."""

    line: int
    why: str


def read_manifest(path: Path) -> Iterator[Entry | BrokenEntry]:
    """Yield the entries of a manifest; empty lines are skipped, one broken line does not spoil the others.

    Raises:
        BadManifest: the file cannot be read, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadManifest(str(path), 0, f"cannot be read ({error.strerror})") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadManifest(str(path), line, "cannot be read, as it is not UTF-8") from error
    # Not splitlines: JSON may hold U+2028 as it is.
    yield from parse_manifest(text.split("\n"), name=str(path))


def parse_manifest(lines: Iterable[str], *, name: str) -> Iterator[Entry | BrokenEntry]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield parse_entry(line, name=name, number=number)
        except BadManifest as error:
            yield BrokenEntry(number, str(error))


def parse_entry(line: str, *, name: str, number: int) -> Entry:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadManifest(name, number, f"is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise BadManifest(name, number, f"is a JSON {type(value).__name__}, not an object")
    page_id, path, url = value.get("id"), value.get("path"), value.get("url")
    if not isinstance(page_id, str | int) or isinstance(page_id, bool) or page_id == "":
        raise BadManifest(name, number, "has no id")
    if not isinstance(path, str) or not path:
        raise BadManifest(name, number, "has no path")
    if url is not None and not isinstance(url, str):
        raise BadManifest(name, number, "has a url that is no string")
    return Entry(str(page_id), Path(path), url or "", number)
