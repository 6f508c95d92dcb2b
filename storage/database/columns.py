"""How values become columns and come back: times, moments, text and JSON. Not for tables."""

import base64
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from storage.article import Moment
from storage.identity.text import storable

DEEPEST = 50
# How the text begins of a key that stands for what JSON lacks.
SPECIAL = '"$'


class CleanText(TypeDecorator[str]):
    """Text without what the databases refuse: the one place where it is cleaned."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC and given back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no zone; the store keeps aware times only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MomentText(TypeDecorator[Moment]):
    """A published moment as it was published: a date stays a date, a datetime keeps its offset."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Moment | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Moment | None:
        return None if value is None else moment_from(value)


class Json(TypeDecorator[Any]):
    """Lists, mappings and plain values. Dates, bytes and odd floats within come back as they went in.

    They are read by read_json, which the engine calls.
    """

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return to_json(value)


def moment_from(text: str) -> Moment:
    """Return the date or datetime that isoformat() wrote."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def sort_time(moment: Moment | None) -> datetime | None:
    """Return moment in UTC for sorting; a date begins at midnight UTC, a time without a zone is taken for UTC."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # within a day of year 1 or 9999
        return moment.replace(tzinfo=UTC)


def to_json(value: object, depth: int = 0) -> Any:
    """Return value in JSON's terms; what JSON lacks is a mapping of one key that begins with ``$``.

    A dataclass is a mapping of its fields. Keys become text, and so does what is of no known type or too deep.
    """
    if isinstance(value, str):
        return storable(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else {"$float": repr(value)}
    if isinstance(value, date):
        return {"$moment": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if depth >= DEEPEST:
        return storable(str(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name), depth + 1) for name in field_names(type(value))}
    if isinstance(value, Mapping):
        plain = {storable(str(key)): to_json(held, depth + 1) for key, held in value.items()}
        return {"$map": plain} if any(key.startswith("$") for key in plain) else plain
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(held, depth + 1) for held in value]
    return storable(str(value))


@cache
def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a dataclass's fields; looking them up each time took a fifth of the encoding."""
    return tuple(field.name for field in fields(kind))


def read_json(text: str | bytes) -> Any:
    """Return what to_json was given, from the text in the column. Most texts hold nothing that JSON lacks."""
    value = json.loads(text)
    return from_json(value) if SPECIAL in (text if isinstance(text, str) else text.decode()) else value


def from_json(value: Any) -> Any:
    """Return what to_json was given; sequences come back as lists."""
    if isinstance(value, list):
        return [from_json(held) for held in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, held),) = value.items()
        if key == "$moment":
            return moment_from(held)
        if key == "$float":
            return float(held)
        if key == "$bytes":
            return base64.b64decode(held)
        if key == "$map":
            return {name: from_json(inner) for name, inner in held.items()}
    return {name: from_json(held) for name, held in value.items()}
