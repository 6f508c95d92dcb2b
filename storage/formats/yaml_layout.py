"""Fields laid out as block YAML, one a line. Not for scalars: every text is quoted by scalar.py."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from storage.formats.scalar import is_ambiguous, quote

BARE_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def yaml_lines(fields: Mapping[str, object]) -> str:
    """Return the fields, each with its line end. None is a field without a value."""
    return "".join(f"{line}\n" for line in mapping_lines(fields))


def mapping_lines(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the lines of a mapping, its lists and mappings indented by two."""
    for key, value in fields.items():
        name = yaml_name(key)
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


def yaml_name(name: str) -> str:
    """Return the name of a field, quoted where it is no plain word."""
    return name if BARE_NAME.fullmatch(name) and not is_ambiguous(name) else quote(name)


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
        case None:
            return "null"
        case int():
            return str(value)
        case float():
            return yaml_float(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return "[]"
        case Mapping():
            return "{}"
        case _:
            return quote(str(value))


def yaml_float(value: float) -> str:
    """Return a number that every reader takes for a float: YAML 1.1 wants a point before the exponent."""
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    digits, exponent, power = repr(value).partition("e")
    return f"{digits if '.' in digits else f'{digits}.0'}{exponent}{power}"
