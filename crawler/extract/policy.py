"""A field's policy as data: its sources in order, each with its origin and confidence. The tables are in fields.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from crawler.extract.clues import Clues
from storage.article import Confidence, Origin

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Source(Generic[T_co]):
    """One place a field may come from. note: what is read there, in words, for the documentation."""

    origin: str
    note: str
    read: Callable[[Clues], T_co | None]
    confidence: Confidence = "sure"


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A field's value and where it came from."""

    value: T_co
    origin: Origin


def first_found(sources: Sequence[Source[T_co]], clues: Clues) -> Found[T_co] | None:
    """The value of the first source that has one."""
    for source in sources:
        value = source.read(clues)
        if value:
            return Found(value, Origin(source.origin, source.confidence))
    return None
