"""All that is wrong with what was written, in one go. Not for how each is put in words."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import ValidationError

from bowerbird.errors import Problem
from bowerbird.settings.file import KeyPath
from bowerbird.settings.model import LISTS, SECTIONS, Settings
from bowerbird.settings.problems import key_path, sentence
from bowerbird.settings.written import Written


def find_problems(written: Written) -> list[Problem]:
    """Return every problem: those of the file in the order of its lines, then those of the environment."""
    found = [*wrong_values(written), *twins(written), *written.overrides.problems]
    return sorted(found, key=lambda problem: (problem.where != written.file_name, problem.line or 0))


def wrong_values(written: Written) -> Iterator[Problem]:
    """Give a problem for each value that the models refuse.

    A check of a whole section runs only when each of its values is good; so what was found is taken out, and the rest
    is looked at again.
    """
    values: Mapping[str, object] = written.values
    while texts := wrong_texts(values, written.values):
        for path, text in texts.items():
            yield written.problem(path, text)
        values = without(values, texts)


def wrong_texts(values: Mapping[str, object], all_values: Mapping[str, object]) -> dict[KeyPath, str]:
    """Return what the models refuse in values: one sentence for each key."""
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        texts: dict[KeyPath, str] = {}
        for detail in error.errors(include_url=False):
            path = key_path(detail, values)
            text = sentence(detail, path, all_values)
            # The members of a union each say what they would have taken.
            other = text.partition("; it must be ")[2]
            texts[path] = f"{texts[path]} or {other}" if path in texts and other else text
        return texts
    return {}


def without(values: Mapping[str, object], paths: Iterable[KeyPath]) -> dict[str, object]:
    """Return values without the keys of those paths; a list in which something is wrong goes as a whole."""
    rest = dict(values)
    for path in paths:
        section = rest.get(str(path[0]))
        if path[0] in SECTIONS and len(path) > 1 and isinstance(section, Mapping):
            rest[str(path[0])] = {key: value for key, value in section.items() if key != path[1]}
        else:
            rest.pop(str(path[0]), None)
    return rest


def twins(written: Written) -> Iterator[Problem]:
    """Give the sources, and the profiles, that have the name of an earlier one."""
    for section in LISTS:
        items = written.values.get(section)
        first: dict[str, int] = {}
        for index, item in enumerate(items if isinstance(items, list) else []):
            name = item.get("name") if isinstance(item, dict) else None
            if not isinstance(name, str):
                continue
            if name in first:
                line = written.line_of((section, first[name], "name"))
                text = f"{section}[{name}] is there twice, first in line {line}; names must differ"
                yield written.problem((section, index, "name"), text)
            first.setdefault(name, index)
