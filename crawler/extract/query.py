"""XPath with a definite type: lxml answers a query with a list, a number, a string or a truth value."""

from collections.abc import Iterable
from typing import cast

from lxml.etree import _Element


def elements_at(element: _Element, path: str) -> list[_Element]:
    """The elements that a path leads to, in document order."""
    found = element.xpath(path)
    return [item for item in found if isinstance(item, _Element)] if isinstance(found, list) else []


def strings_at(element: _Element, path: str) -> list[str]:
    """The texts or attribute values that a path leads to, in document order."""
    found = cast("object", element.xpath(path))
    return [str(item) for item in found if isinstance(item, str)] if isinstance(found, Iterable) else []
