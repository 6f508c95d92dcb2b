"""What a front matter holds, and reading it back before it is published. Not for writing one."""

from collections.abc import Mapping
from functools import lru_cache

import yaml

from storage.formats.characters import well_formed
from storage.formats.errors import BadFrontMatter

# A field's value is text, a number, a truth value, an aware datetime, or a list or mapping of such.
FrontMatter = dict[str, object]

# libyaml where PyYAML was built with it: ten times as fast, and what Jekyll reads with.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=8)
def loaded(text: str) -> object:
    """Return what a YAML text says, not to be changed: it is remembered, as what was verified is read again soon.

    Raises:
        yaml.YAMLError, ValueError: it cannot be read.
    """
    return yaml.load(text, LOADER)


def verify_front_matter(text: str, *, expected: Mapping[str, object], format_name: str) -> None:
    """Make sure that the YAML, without its ``---`` lines, says what is expected.

    Raises:
        BadFrontMatter: names the first field that would be read back otherwise.
    """
    try:
        found = loaded(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise BadFrontMatter(format_name, field_at(text, line), why=str(error.problem)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadFrontMatter(format_name, "front matter", why=str(error)) from error
    if not isinstance(found, dict):
        raise BadFrontMatter(format_name, "front matter", why="it is not a mapping")
    for field in [*expected, *found]:
        if field not in expected or field not in found or expected[field] != found[field]:
            raise BadFrontMatter(format_name, str(field), why=f"read back as {str(found.get(field))[:80]!r}")


def field_at(text: str, line: int) -> str:
    """Return the name of the top-level field a line belongs to."""
    for candidate in reversed(text.split("\n")[: line + 1]):
        if candidate[:1].isalpha():
            return candidate.partition(":")[0]
    return "front matter"


def well_formed_fields(fields: FrontMatter) -> FrontMatter:
    """Return the fields with all their text well formed, as it will be read back."""
    return {name: well_formed_value(value) for name, value in fields.items()}


def well_formed_value(value: object) -> object:
    """Return one value of a field with its text well formed."""
    match value:
        case str():
            return well_formed(value)
        case list() | tuple():
            return [well_formed_value(each) for each in value]
        case dict():
            return {str(name): well_formed_value(each) for name, each in value.items()}
        case _:
            return value
