"""What a person wrote, in the file and in the environment, put together. Not for whether it is right."""

from collections.abc import Mapping
from dataclasses import dataclass

from bowerbird.errors import Problem
from bowerbird.settings.environment import WHERE, Overrides
from bowerbird.settings.file import Document, KeyPath
from bowerbird.settings.model import LISTS, SECTIONS


@dataclass(frozen=True, slots=True)
class Written:
    """Values of the file with those of the environment over them, and where each stands. file_name: as shown."""

    file_name: str
    document: Document
    overrides: Overrides
    values: Mapping[str, object]

    def line_of(self, path: KeyPath) -> int | None:
        """Return the line of the key at path, or of what should hold it."""
        while path and path not in self.document.lines:
            path = path[:-1]
        return self.document.lines.get(path)

    def variable_of(self, path: KeyPath) -> str | None:
        """Return the variable that set the value at path; None: none did."""
        return next((item.variable for item in self.overrides.items if (item.section, item.key) == path[:2]), None)

    def problem(self, path: KeyPath, text: str) -> Problem:
        """Return what is wrong at path, at its variable or its line of the file."""
        variable = self.variable_of(path)
        if variable is None:
            return Problem(self.file_name, text, self.line_of(path))
        return Problem(WHERE, text.replace(f"{path[0]}.{path[1]}", variable, 1))


def put_together(file_name: str, document: Document, overrides: Overrides) -> Written:
    """Return what file and environment say together; the environment comes first.

    A section with nothing in it is one that is not there. In sections true and false become words, as the environment
    gives them: otherwise pydantic would take true for the number 1.
    """
    values: dict[str, object] = {str(key): value for key, value in document.values.items()}
    for name in (*SECTIONS, *LISTS):
        if name in values and values[name] is None:
            del values[name]
        elif isinstance(section := values.get(name), dict) and name in SECTIONS:
            values[name] = {str(key): as_word(value) for key, value in section.items()}
        elif isinstance(items := values.get(name), list):
            values[name] = [{str(key): item[key] for key in item} if isinstance(item, dict) else item for item in items]
    for override in overrides.items:
        section = values.setdefault(override.section, {})
        if isinstance(section, dict):
            section[override.key] = override.value
    return Written(file_name, document, overrides, values)


def as_word(value: object) -> object:
    """Return true and false as words, any other value as it is."""
    return str(value).lower() if isinstance(value, bool) else value
