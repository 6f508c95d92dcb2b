"""The values of a front matter as somebody gave them, with their lines, and what a reader takes them for.

Not for parsing: that is given_yaml.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from storage.article import Moment
from storage.formats.errors import UnreadableFile

TRUE, FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
WHOLE = re.compile(r"[-+]?\d{1,18}(?:\.0*)?", re.ASCII)
SPACE_BEFORE_OFFSET = re.compile(r"\s+(?=[-+]\d{2}:?\d{2}$|Z$)")


@dataclass(frozen=True, slots=True)
class Given:
    """One value and the line of the file it begins on. value: text, None, a list or a mapping of Given."""

    path: str
    line: int
    name: str
    value: "str | list[Given] | dict[str, Given] | None"

    def wrong(self, why: str) -> UnreadableFile:
        """Return the error that says what is wrong with it."""
        return UnreadableFile(self.path, line=self.line, why=f"the field {self.name!r} {why}")

    @property
    def text(self) -> str:
        """The text as it was given, white space at its ends included; nothing for a null.

        Raises:
            UnreadableFile: it is a list or a mapping.
        """
        if isinstance(self.value, list | dict):
            raise self.wrong("is a list or a mapping; write a text")
        return self.value or ""

    @property
    def flag(self) -> bool:
        """Whether it is true.

        Raises:
            UnreadableFile: it is neither true nor false.
        """
        word = self.text.strip().lower()
        if word not in TRUE | FALSE:
            raise self.wrong(f"is {self.shown}; write true or false")
        return word in TRUE

    @property
    def whole(self) -> int:
        """The whole number.

        Raises:
            UnreadableFile: it is none.
        """
        text = self.text.strip()
        if not WHOLE.fullmatch(text):
            raise self.wrong(f"is {self.shown}; write a whole number")
        return int(text.partition(".")[0])

    @property
    def moment(self) -> Moment:
        """The time, or the day where no time is given.

        Raises:
            UnreadableFile: it is neither.
        """
        found = moment_in(self.text)
        if found is None:
            raise self.wrong(f"is {self.shown}; write a time such as 2024-01-31T13:57:00Z")
        return found

    @property
    def items(self) -> "list[Given]":
        """The items of a list; a single value is a list of one, a null an empty one."""
        if isinstance(self.value, list):
            return self.value
        return [] if self.value is None else [self]

    @property
    def texts(self) -> list[str]:
        """The items, each as text."""
        return [item.text for item in self.items]

    @property
    def fields(self) -> "dict[str, Given]":
        """The fields of a mapping.

        Raises:
            UnreadableFile: it is none.
        """
        if not isinstance(self.value, dict):
            raise self.wrong(f"is {self.shown}; write a mapping of fields")
        return self.value

    @property
    def shown(self) -> str:
        """The value as a message names it."""
        if isinstance(self.value, str):
            return repr(self.value[:60])
        return "a list or a mapping" if self.value else "empty"


@dataclass(frozen=True, slots=True)
class GivenFields:
    """The fields of a front matter, or of a mapping in it, by name. What is not there, or null, reads as nothing."""

    by_name: Mapping[str, Given]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name and self.by_name[name].value is not None

    def text(self, name: str) -> str:
        """Return a field's text."""
        return self.by_name[name].text if name in self else ""

    def whole(self, name: str) -> int | None:
        """Return a field's whole number."""
        return self.by_name[name].whole if name in self else None

    def flag(self, name: str) -> bool:
        """Return whether a field is true."""
        return name in self and self.by_name[name].flag

    def moment(self, name: str) -> Moment | None:
        """Return a field's time or day."""
        return self.by_name[name].moment if name in self else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field's items as texts."""
        return tuple(self.by_name[name].texts) if name in self else ()

    def mapping(self, name: str) -> "GivenFields":
        """Return the fields of a mapping."""
        return GivenFields(self.by_name[name].fields if name in self else {})

    def mappings(self, name: str) -> "tuple[GivenFields, ...]":
        """Return the mappings of a list."""
        return tuple(GivenFields(item.fields) for item in self.by_name[name].items) if name in self else ()


def moment_in(text: str) -> Moment | None:
    """Return the time or the day that a text names in ISO 8601, or as YAML spells it; None where it names neither."""
    text = SPACE_BEFORE_OFFSET.sub("", text.strip())
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        pass
    node = yaml.ScalarNode("tag:yaml.org,2002:timestamp", text)
    try:
        found = yaml.constructor.SafeConstructor().construct_yaml_timestamp(node)
    except (ValueError, AttributeError):  # AttributeError: PyYAML takes for granted that it matches
        return None
    return found if isinstance(found, date) else None
