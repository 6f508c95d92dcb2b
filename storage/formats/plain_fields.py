"""The plain text fields of a file's front matter and the body below, whatever the spelling. Not for lists and mappings.

The fields come from the parser's events: a tree of them would recurse, and a thousand brackets end the process.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from storage.formats.characters import well_formed
from storage.formats.errors import UnreadableFile
from storage.formats.front_matter import LOADER

FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)^---[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class PlainFile:
    """fields: the texts at the top of the front matter, as they were given; body: all that comes after it."""

    fields: Mapping[str, str]
    body: str


def read_plain_fields(text: str, *, path: str) -> PlainFile:
    """Return the fields and the body of a file; one without front matter is all body.

    Raises:
        UnreadableFile: the front matter is no YAML, or nested deeper than any.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = FRONT_MATTER.match(text)
    if not found:
        return PlainFile({}, text)
    try:
        fields = top_texts(yaml.parse(found[1], LOADER), path=path)
    except yaml.MarkedYAMLError as error:
        line = 2 + error.problem_mark.line if error.problem_mark else None
        raise UnreadableFile(path, line=line, why=f"the front matter is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        why = f"the front matter holds a character that YAML does not allow: {getattr(error, 'reason', error)}"
        raise UnreadableFile(path, why=why) from error
    return PlainFile(fields, text[found.end() :])


def top_texts(events: Iterable[yaml.Event], *, path: str) -> dict[str, str]:
    """Return the texts of the outermost mapping by name; of a name given twice the last."""
    texts: dict[str, str] = {}
    depth = 0
    # Of a name that is read and its value not; one that is no text counts as empty.
    name: str | None = None
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise UnreadableFile(path, why=f"the front matter is nested deeper than {DEEPEST} levels")
        if depth != 1 or isinstance(event, yaml.CollectionStartEvent):
            continue
        text = well_formed(event.value) if isinstance(event, yaml.ScalarEvent) else ""
        if name is None:
            name = text
        else:
            texts[name], name = text, None
    return texts
