"""Fields laid out as block YAML, one a line. Not for scalars: every text is quoted by scalar.py."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from storage.formats.scalar import quote


def yaml_lines(fields: Mapping[str, object]) -> str:
    """Return the fields, each with its line end. Their names are our own and safe; None is a field without a value."""
    return "".join(f"{line}\n" for line in mapping_lines(fields))


def mapping_lines(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the lines of a mapping, its lists and mappings indented by two."""
    for name, value in fields.items():
        match value:
            case Mapping() if value:
                yield f"{name}:"
                yield from (f"  {line}" for line in mapping_lines(value))
            case list() | tuple() if value:
                yield f"{name}:"
                for item in value:
                    yield from (f"  {line}" for line in item_lines(item))
            case None:
                yield f"{name}:"
            case _:
                yield f"{name}: {yaml_scalar(value)}"


def item_lines(item: object) -> Iterator[str]:
    """Yield the lines of one item of a list: ``- `` before the first, the rest aligned."""
    lines = mapping_lines(item) if isinstance(item, Mapping) else iter([yaml_scalar(item)])
    for number, line in enumerate(lines):
        yield f"{'  ' if number else '- '}{line}"


def yaml_scalar(value: object) -> str:
    """Return one value: text quoted, a date or an aware time bare as ISO 8601 has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return "[]"
        case Mapping():
            return "{}"
        case _:
            return quote(str(value))
