"""Every single value of the settings, under its dotted key. Not for sections as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from bowerbird.settings.file import KeyPath
from bowerbird.settings.model import LISTS, SECTIONS, Settings


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. key: such as ``storage.database`` or ``sources[heise].every``; path: the way to it, step by step."""

    key: str
    path: KeyPath
    value: object


def leaves(settings: Settings) -> Iterator[Leaf]:
    """Give every value, in the order of the file."""
    for section in SECTIONS:
        yield from fields(getattr(settings, section), section, (section,))
    for section in LISTS:
        for index, item in enumerate(getattr(settings, section)):
            yield from fields(item, f"{section}[{item.name}]", (section, index))


def fields(model: BaseModel, key: str, path: KeyPath) -> Iterator[Leaf]:
    """Give the values of one section or item."""
    for name in type(model).model_fields:
        yield Leaf(f"{key}.{name}", (*path, name), plain(getattr(model, name)))


def plain(value: object) -> object:
    """Return a value with the models in it as they are written."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value.model_dump(exclude_unset=True) if isinstance(value, BaseModel) else value
