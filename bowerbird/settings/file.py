"""settings.yaml as plain values with the line of each. Not for what the values mean."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bowerbird.errors import Problem, SettingsMissing, SettingsWrong

MAX_BYTES = 4 * 1024 * 1024
MAX_NODES = 200_000
MAX_DEPTH = 50
TOO_DEEP = "the values are nested too deeply"

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds. lines: where each key stands, from 1."""

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)


class Loader(yaml.SafeLoader):
    """YAML as its version 1.2 reads it: ``on``, ``no``, 12:30 and 2026-01-01 are text, as people expect."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  as PyYAML has it


for tag, pattern, starts in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("merge", r"<<", ["<"]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), starts)


def read_file(path: Path) -> Document:
    """Return what the settings file at path holds; an empty file holds nothing.

    Raises:
        SettingsMissing: it cannot be opened.
        SettingsWrong: it is too large, no YAML, no mapping, or names a key twice.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsMissing(
            str(path), "there is no such file" if not path.exists() else str(error.strerror)
        ) from error
    if len(content) > MAX_BYTES:
        raise SettingsWrong([Problem(str(path), f"the file is larger than {MAX_BYTES // 1024**2} MiB")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingsWrong([Problem(str(path), "this line is not UTF-8; save the file as UTF-8", line)]) from error
    return read_text(text, where=str(path))


def read_text(text: str, *, where: str) -> Document:
    """Return what the YAML in text holds. Raises SettingsWrong, as read_file does."""
    try:
        loader = Loader(text)
        root = loader.get_single_node()
        if root is None:
            return Document()
        lines, problems = look_over(root, where=where)
        if problems:
            raise SettingsWrong(problems)
        values = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise SettingsWrong([yaml_problem(error, where)]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsWrong([Problem(where, f"this is not YAML: {' '.join(str(error).split())}")]) from error
    except RecursionError as error:
        raise SettingsWrong([Problem(where, TOO_DEEP)]) from error
    if values is None:
        return Document()
    if not isinstance(values, dict):
        raise SettingsWrong([Problem(where, "it must be a mapping: sections such as `crawler:` with keys below them")])
    return Document(values, lines)


def yaml_problem(error: yaml.MarkedYAMLError, where: str) -> Problem:
    """Return what the YAML reader found, with its column."""
    what = " ".join(part for part in (error.context, error.problem) if part) or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(where, f"this is not YAML: {what}")
    return Problem(where, f"this is not YAML: {what}, at column {mark.column + 1}", mark.line + 1)


@dataclass(frozen=True, slots=True)
class Visit:
    """One value met on the way through a file."""

    path: KeyPath
    node: yaml.Node
    line: int


def look_over(root: yaml.Node, *, where: str) -> tuple[dict[KeyPath, int], list[Problem]]:
    """Return the line of every key, and the keys named twice.

    A value that an alias repeats is counted each time, so that a small file cannot grow into a huge one.
    """
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    waiting = [Visit((), root, 1)]
    visited = 0
    while waiting:
        visit = waiting.pop()
        visited += 1
        if visited > MAX_NODES:
            return lines, [Problem(where, f"it holds more than {MAX_NODES:,} values")]
        if len(visit.path) > MAX_DEPTH:
            return lines, [Problem(where, TOO_DEEP)]
        for child in children(visit):
            if child.path in lines and isinstance(visit.node, yaml.MappingNode):
                name = ".".join(map(str, child.path))
                problems.append(Problem(where, f"{name} is there twice, first in line {lines[child.path]}", child.line))
                continue
            lines[child.path] = child.line
            waiting.append(child)
    return lines, sorted(problems, key=lambda problem: problem.line or 0)


def children(visit: Visit) -> Iterator[Visit]:
    """Give the values right below one."""
    if isinstance(visit.node, yaml.MappingNode):
        for key, value in visit.node.value:
            yield Visit((*visit.path, str(key.value)), value, key.start_mark.line + 1)
    elif isinstance(visit.node, yaml.SequenceNode):
        for index, value in enumerate(visit.node.value):
            yield Visit((*visit.path, index), value, value.start_mark.line + 1)
