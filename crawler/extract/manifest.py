"""A list of saved pages to extract: JSON lines of id, path and url. Reads the files it names, one at a time."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import BadManifest
from crawler.extract.extraction import RawPage

MAX_PAGE_BYTES = 50 * 1024 * 1024


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


def load_page(entry: Entry, *, manifest: str) -> RawPage:
    """Read a saved page, gzipped or not (told by its first bytes, not its name).

    Raises:
        BadManifest: the file is not there, is no gzip file after all, or holds more than MAX_PAGE_BYTES.
    """
    try:
        with entry.path.open("rb") as file:
            is_gzip = file.read(2) == b"\x1f\x8b"
        with gzip.open(entry.path) if is_gzip else entry.path.open("rb") as page:
            html = page.read(MAX_PAGE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadManifest(manifest, entry.line, f"names {entry.path}, which cannot be read ({error})") from error
    if len(html) > MAX_PAGE_BYTES:
        raise BadManifest(manifest, entry.line, f"names {entry.path}, which is larger than {MAX_PAGE_BYTES:,} bytes")
    return RawPage(html=html, url=entry.url)
