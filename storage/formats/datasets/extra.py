"""Packages that only one data set needs, loaded when it is asked for. Not for those that everybody has."""

from importlib import import_module
from types import ModuleType

from storage.formats.errors import MissingExtra


def load_extra(module: str, *, extra: str, format_name: str) -> ModuleType:
    """Return the module.

    Raises:
        MissingExtra: it is not installed; the message says how to.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(format_name, extra) from error
