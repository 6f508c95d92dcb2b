"""Fields laid out as TOML, and read back. Not for texts: scalar.py's double quotes are those of TOML too."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from storage.formats.errors import BadFrontMatter
from storage.formats.scalar import quote


def toml_lines(fields: Mapping[str, object]) -> str:
    """Return the fields, tables last; their names are our own and safe. A field that is None is left out."""
    return "".join(f"{line}\n" for line in table_lines(fields))


def table_lines(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the lines of the plain fields, then each table behind an empty line and its name."""
    for name, value in fields.items():
        if value is not None and not isinstance(value, Mapping):
            yield f"{name} = {toml_value(value)}"
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]")
            yield from table_lines(value)


def toml_value(value: object) -> str:
    """Return one value: text quoted, a date or an aware time bare as RFC 3339 has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(toml_value(item) for item in value)}]"
        case _:
            return quote(str(value))


def verify_toml(text: str, *, expected: Mapping[str, object], format_name: str) -> None:
    """Make sure that the TOML says what is expected.

    Raises:
        BadFrontMatter: names the first field that would be read back otherwise.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFrontMatter(format_name, "front matter", why=str(error)) from error
    wanted = {name: value for name, value in expected.items() if value is not None}
    for field in [*wanted, *found]:
        if field not in wanted or field not in found or wanted[field] != found[field]:
            raise BadFrontMatter(format_name, field, why=f"read back as {str(found.get(field))[:80]!r}")
