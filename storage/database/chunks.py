"""Long lists for IN queries, in parts that every database takes. Not for rows that are written."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

# SQLite takes 32,766 parameters a query, older ones 999.
AT_ONCE = 500
Value = TypeVar("Value")


def in_chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Yield the distinct values in lists of at most AT_ONCE."""
    rest = iter(dict.fromkeys(values))
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk
