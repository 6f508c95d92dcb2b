"""A YAML front matter taken apart. Not for TOML."""

import re
from collections.abc import Mapping

import yaml

from storage.export.front import Field, Front, Section, comparable, has_repeats, lines_of, with_rest
from storage.formats.front_matter import LOADER, loaded

# What counts as the end of a line for YAML 1.1 alone.
OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029]")
PLAIN_TAG = "tag:yaml.org,2002:map"


def yaml_values(text: str) -> Mapping[str, object] | None:
    """Return the values by name; None where it is no mapping with texts for names."""
    try:
        found = loaded(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        return None
    return found


def yaml_front(text: str) -> Front | None:
    """Return the fields of a front matter; None where it cannot be taken apart with certainty."""
    values = None if OTHER_BREAKS.search(text) else yaml_values(text)
    if values is None:
        return None
    starts = key_lines(text)
    lines = lines_of(text)
    if starts is None or len(starts) != len(values):
        return None
    fields = []
    ends = [*list(starts.values())[1:], len(lines)]
    for (name, start), end in zip(starts.items(), ends, strict=True):
        if name not in values:
            return None
        spelled, after = with_rest(lines[start:end])
        fields.append(Field(name, spelled, after, comparable(values[name])))
    head = "".join(lines[: next(iter(starts.values()), len(lines))])
    front = [Section(head, "", tuple(fields))]
    return None if has_repeats(front) else front


def key_lines(text: str) -> dict[str, int] | None:
    """Return the line of each key of a block mapping, top level; None where two share a line or one is indented."""
    try:
        root = yaml.compose(text, LOADER)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style or root.tag != PLAIN_TAG:
        return None
    starts: dict[str, int] = {}
    for key, _ in root.value:
        is_sure = isinstance(key, yaml.ScalarNode) and key.start_mark.column == 0
        if not is_sure or key.value in starts or key.start_mark.line in starts.values():
            return None
        starts[key.value] = key.start_mark.line
    return starts
