"""feedparser's own feeds and what they say must come out of them, read in place and never run. Not a test."""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

import pytest

EXPECT = re.compile(r"Expect:\s*(.*)\s*-->")
HEADER = re.compile(r"^Header:\s+([^:]+):(.*)$", re.MULTILINE)
ROOT = "http://127.0.0.1:8097/"
MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\x00\x3c", "utf-32-be"),
    (b"\x3c\x00\x00\x00", "utf-32-le"), (b"\x00\x3c\x00\x3f", "utf-16-be"), (b"\x3c\x00\x3f\x00", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expectation:
    """That a value of feedparser's result, at a path such as ("entries", 0, "title"), equals something."""

    path: tuple[str | int, ...]
    value: object

    @property
    def name(self) -> str:
        """The path without its positions."""
        return ".".join(part for part in self.path if isinstance(part, str))


@dataclass(frozen=True)
class Case:
    """One file. name: its path below the folder."""

    name: str
    body: bytes

    @cached_property
    def text(self) -> str:
        """The body as feedparser's own tests read it: for the comment in its head."""
        encoding = next((encoding for mark, encoding in MARKS if self.body.startswith(mark)), "utf-8")
        return self.body.decode(encoding, "ignore")

    @cached_property
    def headers(self) -> dict[str, str]:
        return {name.strip().lower(): value.strip() for name, value in HEADER.findall(self.text)}

    @property
    def content_type(self) -> str | None:
        return self.headers.get("content-type")

    @property
    def url(self) -> str:
        """Where it would have been fetched from, redirects included."""
        return urljoin(ROOT + self.name, self.headers.get("content-location", ""))

    @property
    def expectations(self) -> list[Expectation]:
        """The equalities that it states of entries, their number, and the title of the feed."""
        found = EXPECT.search(self.text)
        tree = ast.parse(found[1].strip(), mode="eval") if found else None
        return [each for part in conjuncts(tree.body) if (each := equality(part))] if tree else []


def conjuncts(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of an ``and``."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from conjuncts(value)
    else:
        yield node


def equality(node: ast.expr) -> Expectation | None:
    """``path == literal``; ``len(path)`` and ``ord(path)`` are understood, nothing else is."""
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)):
        return None
    left, right = node.left, node.comparators[0]
    call = left.func.id if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) else ""
    path = path_of(left.args[0] if isinstance(left, ast.Call) and call in ("len", "ord") else left)
    try:
        value = ast.literal_eval(right)
    except ValueError:
        return None
    if path is None or path[0] not in ("entries", "feed"):
        return None
    if call == "ord":
        return Expectation(path, chr(value))
    return Expectation((*path, "len"), value) if call == "len" else Expectation(path, value)


def path_of(node: ast.expr) -> tuple[str | int, ...] | None:
    """The path that a chain of names, attributes and literal subscripts goes."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        inner = path_of(node.value)
        return (*inner, node.attr) if inner else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        inner, part = path_of(node.value), node.slice.value
        return (*inner, part) if inner and isinstance(part, str | int) else None
    return None


def feed_folder() -> Path:
    """Where feedparser's files lie; the test is skipped where they do not."""
    folder = Path(os.environ.get("BOWERBIRD_SHARED") or Path(__file__).parents[4] / "shared") / "standards/feeds"
    if not folder.is_dir():
        pytest.skip(f"no feeds in {folder}; set BOWERBIRD_SHARED to the folder that holds the standards")
    return folder


def feed_cases() -> list[Case]:
    """Every file, in the order of their names."""
    folder = feed_folder()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [Case(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
