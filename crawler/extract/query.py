"""XPath with a definite type: lxml answers a query with a list, a number, a string or a truth value."""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from lxml.etree import XPath, _Element


def elements_at(element: _Element, path: str) -> list[_Element]:
    """The elements that a path leads to, in document order."""
    found = compiled(path)(element)
    return [item for item in found if isinstance(item, _Element)] if isinstance(found, list) else []


def strings_at(element: _Element, path: str) -> list[str]:
    """The texts or attribute values that a path leads to, in document order."""
    found = cast("object", compiled(path)(element))
    return [str(item) for item in found if isinstance(item, str)] if isinstance(found, Iterable) else []


def count_below(element: _Element) -> int:
    """How many elements lie below one."""
    return int(cast("float", compiled("count(.//*)")(element)))


@lru_cache(maxsize=256)
def compiled(path: str) -> XPath:
    """Return a path that need not be parsed again. A person's own paths are few."""
    return XPath(path, smart_strings=False)
