"""The settings as a person reads them: YAML with the origin of each value, secrets masked. Not for passing them on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bowerbird.cli.output import to_json
from bowerbird.settings.leaf import Leaf, leaves
from bowerbird.settings.load import Loaded
from bowerbird.settings.model import LISTS, SECTIONS
from bowerbird.settings.secrets import masked

PLAIN = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
ORIGIN_COLUMN = 44


@dataclass(frozen=True, slots=True)
class Shown:
    """One value to show. value: with secrets masked; origin: as in ``Loaded``."""

    leaf: Leaf
    value: object
    origin: str


def shown_values(loaded: Loaded) -> Iterator[Shown]:
    """Give every value, in the order of the file."""
    for leaf in leaves(loaded.settings):
        yield Shown(leaf, masked(str(leaf.path[-1]), leaf.value), loaded.origins[leaf.key])


def settings_lines(loaded: Loaded) -> Iterator[str]:
    """Give the lines of a YAML file with the same settings, the origin of each as its comment."""
    values = list(shown_values(loaded))
    for section in SECTIONS:
        yield f"{section}:"
        for shown in values:
            if shown.leaf.path[0] == section:
                yield line_of(shown, "  ")
    for section in LISTS:
        items = [shown for shown in values if shown.leaf.path[0] == section]
        yield f"{section}:" if items else f"{section}: []"
        for _, item in groupby(items, key=lambda shown: shown.leaf.path[1]):
            for index, shown in enumerate(item):
                yield line_of(shown, "    " if index else "  - ")


def line_of(shown: Shown, indent: str) -> str:
    """Return one value with its origin."""
    text = f"{indent}{shown.leaf.path[-1]}: {yaml_value(shown.value)}"
    return f"{text:<{ORIGIN_COLUMN}}  # {shown.origin}"


def yaml_value(value: object) -> str:
    """Return value as YAML on one line; JSON is YAML."""
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in NOT_TEXT:
        return value
    return to_json(value)
