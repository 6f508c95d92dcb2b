"""Reading the file of a user's template into the options of its profile. Not for carrying it out."""

from pathlib import Path

from storage.export.profile import Profile
from storage.formats.errors import BadTemplate
from storage.formats.registry import check_options

MAX_BYTES = 1_000_000


def with_template(profile: Profile) -> Profile:
    """Return the profile with the text of its template, one of another format as it is.

    Raises:
        BadTemplate: the file cannot be read, or is no template.
    """
    path = profile.options.get("template")
    if profile.format != "template" or not isinstance(path, str):
        return profile
    options = {**profile.options, "text": read_template(Path(path))}
    check_options(profile.format, options)
    return profile.model_copy(update={"options": options})


def read_template(path: Path) -> str:
    """Return what a template's file holds.

    Raises:
        BadTemplate: there is none, it is too large, or it is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadTemplate(str(path), why=f"it cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise BadTemplate(str(path), why=f"it is larger than {MAX_BYTES} bytes")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadTemplate(str(path), why="it is not UTF-8", line=content[: error.start].count(b"\n") + 1) from error
