"""A value of a template as the text that stands for it, at the budget's cost. Not for what filters make of it."""

import json

from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined

from storage.formats.templates.budget import afford, spend

Value = object


def as_text(value: Value) -> object:
    """Return what stands in the file for a value; a list is JSON, as in the Web Clipper.

    What is not defined comes back as it is, to fail with its own message.

    Raises:
        SecurityError: it is no value, but a macro, a loop or a method.
    """
    spend(1)
    match value:
        case str() | Undefined():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case None:
            return ""
        case list() | tuple() | range() | dict():
            return as_json(list(value) if isinstance(value, range) else value)
    raise SecurityError(f"a {type(value).__name__} is no text")


def text_of(value: Value) -> str:
    """Return a value as text.

    Raises:
        SecurityError: as as_text does.
        UndefinedError: it is not defined.
    """
    return str(as_text(value))


def as_json(value: Value) -> str:
    """Return the value as JSON, if there is enough left for it."""
    afford(size_of(value))
    return json.dumps(value, ensure_ascii=False)


def size_of(value: Value) -> int:
    """Return the characters of a text, or of all texts of a list; a list within a list as often as it stands there."""
    spend(1)
    match value:
        case str():
            return len(value)
        case list() | tuple():
            return sum(map(size_of, value)) + len(value)
        case dict():
            return sum(map(size_of, [*value, *value.values()]))
    return 0
