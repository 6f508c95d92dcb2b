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


def read_manifest(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest; empty lines are skipped.

    Raises:
        BadManifest: a line is no object with id and path, or the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            yield from parse_manifest(lines, name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadManifest(str(path), 0, f"cannot be read ({error})") from error


def parse_manifest(lines: Iterable[str], *, name: str) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_entry(line, name=name, number=number)


def parse_entry(line: str, *, name: str, number: int) -> Entry:
    try:
        value = json.loads(line)
    except ValueError as error:
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
