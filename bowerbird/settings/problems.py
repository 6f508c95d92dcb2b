"""What pydantic found wrong, in plain words. Not for checks: those are in the models."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel

from bowerbird.settings.file import KeyPath
from bowerbird.settings.model import LISTS, MODELS
from bowerbird.settings.secrets import is_secret, masked

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

BARE = re.compile(r"[\w.+-]+")
LIST = "it must be a list, such as [a, b]"
NAME = "begin with a letter or digit and hold nothing but letters, digits, full stops, underscores and hyphens"
MAPPING = "it must be a mapping: keys with values"
NUMBER = "it must be a number"
TEXT = "it must be text; put it in quotes"
TRUTH = "it must be true or false"
WHOLE = "it must be a whole number"

Sentence = Callable[[Mapping[str, object]], str]

SENTENCES: dict[str, Sentence] = {
    **{kind: lambda _: LIST for kind in ("list_type", "tuple_type", "set_type")},
    **{kind: lambda _: MAPPING for kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type")},
    **{kind: lambda _: NUMBER for kind in ("float_type", "float_parsing", "finite_number")},
    **{kind: lambda _: TEXT for kind in ("string_type", "path_type")},
    **{kind: lambda _: TRUTH for kind in ("bool_type", "bool_parsing")},
    **{kind: lambda _: WHOLE for kind in ("int_type", "int_parsing", "int_from_float", "int_parsing_size")},
    "greater_than": lambda found: f"it must be more than {bound(found['gt'])}",
    "greater_than_equal": lambda found: f"it must be {bound(found['ge'])} or more",
    "less_than": lambda found: f"it must be less than {bound(found['lt'])}",
    "less_than_equal": lambda found: f"it must be {bound(found['le'])} or less",
    "literal_error": lambda found: f"it must be {choices(found['expected'])}",
    "enum": lambda found: f"it must be {choices(found['expected'])}",
    "string_too_short": lambda found: (
        "it must not be empty" if found["min_length"] == 1 else f"it must have {found['min_length']} characters or more"
    ),
    "string_too_long": lambda found: f"it must have {found['max_length']} characters or fewer",
    "string_pattern_mismatch": lambda _: f"it must {NAME}",
    "too_short": lambda found: f"it must have {found['min_length']} items or more",
    "too_long": lambda found: f"it must have {found['max_length']} items or fewer",
    "section": lambda found: str(found["allowed"]),
}


def bound(value: object) -> str:
    """Return a limit as a person writes it: 1, not 1.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def choices(expected: object) -> str:
    """Return pydantic's list of quoted choices without the quotes."""
    return str(expected).replace("'", "")


def key_path(error: "ErrorDetails", values: Mapping[str, object]) -> KeyPath:
    """Return the key that an error is about, without the names pydantic gives the members of a union."""
    path: list[str | int] = []
    here: object = values
    for place, step in enumerate(error["loc"], start=1):
        found = child(here, step)
        # Skipped: a member of a union, or the place of one thing that may be a list of them.
        if found is MISSING and not (error["type"] == "missing" and place == len(error["loc"])):
            continue
        path.append(step)
        here = found
    extra = error.get("ctx", {}).get("key") if error["type"] == "section" else None
    return (*path, extra) if extra else tuple(path)


MISSING = object()
# What tells the items of a list from each other.
NAMED_BY: dict[KeyPath, str] = {**{(section,): "name" for section in LISTS}, ("crawler", "rules"): "site"}


def child(here: object, step: str | int) -> object:
    """Return the value below here, or MISSING."""
    if isinstance(here, Mapping):
        return here.get(step, MISSING)
    if isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int) and step < len(here):
        return here[step]
    return MISSING


def key_name(path: KeyPath, values: Mapping[str, object]) -> str:
    """Return path as one word, such as ``scheduler.every`` or ``sources[heise].url``; what has no name by its place."""
    text = ""
    for depth, step in enumerate(path, start=1):
        if isinstance(step, int):
            name = child(value_at(values, path[:depth]), NAMED_BY.get(path[: depth - 1], ""))
            text += f"[{name}]" if isinstance(name, str) and name else f"[{step + 1}]"
        else:
            text += f".{step}" if text else step
    return text


def sentence(error: "ErrorDetails", path: KeyPath, values: Mapping[str, object]) -> str:
    """Return what is wrong, with key, value and what is allowed."""
    name, kind = key_name(path, values), error["type"]
    if kind == "extra_forbidden":
        return f"{name} is not a setting.{nearest_key(path)}"
    if kind == "missing":
        return f"{name} is missing; it must be there"
    why = reason(error)
    value = value_at(values, path)
    if value is MISSING or not why.startswith("it "):
        return f"{name}: {why}"
    return f"{name} is {shown(str(path[-1]), value)}; {why}"


def reason(error: "ErrorDetails") -> str:
    """Return what is allowed; the words of our own validators as they are."""
    found = error.get("ctx", {})
    if error["type"] in SENTENCES:
        return SENTENCES[error["type"]](found)
    return str(found.get("error", error["msg"]))


def value_at(values: object, path: KeyPath) -> object:
    """Return the value at path, or MISSING."""
    for step in path:
        values = child(values, step)
    return values


def shown(key: str, value: object) -> str:
    """Return value for a sentence: words bare, all else as JSON, cut short, secrets masked."""
    if value is None:
        return "empty"
    if is_secret(key):
        return str(masked(key, value))
    if isinstance(value, str) and BARE.fullmatch(value):
        return value if len(value) <= 60 else f"{value[:59]}…"
    text = json.dumps(masked(key, value), ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def nearest_key(path: KeyPath) -> str:
    """Return the nearest right name, in the same section or in another, or where the names are listed."""
    wanted, own = str(path[-1]), keys_beside(path)
    if found := get_close_matches(wanted, own, n=1, cutoff=0.6):
        return f" Did you mean {found[0]}?"
    elsewhere = {key: f"{section}.{key}" for section, model in MODELS.items() for key in model.model_fields}
    if found := get_close_matches(wanted, elsewhere, n=1, cutoff=0.8):
        return f" Did you mean {elsewhere[found[0]]}?"
    return f" Known: {', '.join(own)}" if len(own) <= 16 else " `bowerbird settings schema` lists all settings."


def keys_beside(path: KeyPath) -> list[str]:
    """Return the keys that may stand where the last of path does."""
    if len(path) < 2 or path[0] not in MODELS:
        return list(MODELS)
    models = {MODELS[str(path[0])]}
    for step in path[1:-1]:
        if isinstance(step, str):
            fields = (model.model_fields.get(step) for model in models)
            models = {below for field in fields if field is not None for below in models_in(field.annotation)}
    return [key for model in models for key in model.model_fields]


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Give the models that a value of that type may be made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)
