"""Checking the options a profile gives a format. Not for the options themselves: each format has its own."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from storage.errors import nearest
from storage.formats.errors import BadOption


class FormatOptions(BaseModel):
    """What the options of every format share: none is unknown, none changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Options = TypeVar("Options", bound=FormatOptions)


def read_options(model: type[Options], options: Mapping[str, object], *, format_name: str) -> Options:
    """Return the options as the format's own model.

    Raises:
        BadOption: names the first that is unknown or wrong.
    """
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        why = first["msg"]
        if first["type"] == "extra_forbidden":
            known = ", ".join(sorted(model.model_fields)) or "none"
            why = f"there is no such option.{nearest(name, model.model_fields)} Known: {known}"
        raise BadOption(format_name, name, why=why) from error
