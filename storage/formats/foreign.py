"""Front matter that is not ours: kept as it was read, and written back. Not for fields that a format knows.

A reader keeps it in ``extra[format]["foreign"]``, so that no other format sees it.
"""

from collections.abc import Collection, Mapping
from datetime import date

import yaml

from storage.article import Article
from storage.formats.characters import well_formed
from storage.formats.format import fields_as_read
from storage.formats.front_matter import LOADER, FrontMatter
from storage.formats.given import Given, GivenFields
from storage.formats.source_file import SourceFile

FOREIGN = "foreign"


def foreign_fields(file: SourceFile, given: GivenFields, *, known: Collection[str]) -> FrontMatter:
    """Return the fields of a file that its format does not know, their numbers and dates as YAML reads them."""
    names = [name for name in given.by_name if name not in known]
    if not names:
        return {}
    try:
        values = yaml.load(file.front_matter or "", LOADER)
    except (yaml.YAMLError, ValueError):  # such as the 31st of February
        values = {}
    typed = {str(name): value for name, value in values.items()}
    return {name: kept_value(typed.get(name, texts_of(given.by_name[name]))) for name in names}


def texts_of(given: Given) -> object:
    """Return a value and all below it as the text it was given as."""
    if isinstance(given.value, dict):
        return {name: texts_of(value) for name, value in given.value.items()}
    if isinstance(given.value, list):
        return [texts_of(item) for item in given.value]
    return given.value


def kept_value(value: object) -> object:
    """Return a value with all that our emitter has no layout for as text."""
    match value:
        case None | bool() | int() | date():
            return value
        case float() if value == value:
            return value
        case list() | tuple():
            return [kept_value(item) for item in value]
        case dict():
            return {well_formed(str(name)): kept_value(each) for name, each in value.items()}
        case _:
            return well_formed(str(value))


def foreign_as_read(article: Article, *, format_name: str, known: Collection[str]) -> FrontMatter:
    """Return the foreign fields that a file of that format was read with; none that the format would give itself."""
    kept = fields_as_read(article, format_name=format_name).get(FOREIGN)
    if not isinstance(kept, Mapping):
        return {}
    return {str(name): value for name, value in kept.items() if name not in known}
