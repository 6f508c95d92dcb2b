"""How a news item is laid out: blocks, order, and which values are quoted. Not for where they come from."""

from datetime import datetime

from storage.formats.errors import BadFrontMatter
from storage.formats.front_matter import FrontMatter
from storage.formats.moment import utc_text
from storage.formats.scalar import plain, quote

HEAD = (
    "category",
    "title",
    "excerpt",
    "publishedDateTime",
    "originalUrl",
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "type",
    "quality",
    "heat",
    "removed",
    "published",
)
BLOCKS = (HEAD, ("featuredContent",), ("provider",), ("topics",), ("images",), ("related",), ("secured",))
FIELDS = tuple(name for block in BLOCKS for name in block)
QUOTED = frozenset(
    {
        "title",
        "excerpt",
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "featuredContent",
        "url",
        "secured",
    }
)


def lay_out(fields: FrontMatter) -> str:
    """Return the front matter without its ``---`` lines: blocks with an empty line between them."""
    blocks = [[name for name in block if name in fields] for block in BLOCKS]
    texts = ["".join(entry(name, fields[name], indent="") for name in block) for block in blocks if block]
    return "\n".join(texts)


def entry(name: str, value: object, *, indent: str) -> str:
    """Return ``name: value`` and its line end, over as many lines as the value takes."""
    if isinstance(value, list):
        return f"{indent}{name}:\n" + "".join(item(each, name=name, indent=f"{indent}  ") for each in value)
    if isinstance(value, dict):
        return f"{indent}{name}:\n" + mapping(value, indent=f"{indent}  ")
    return f"{indent}{name}: {scalar(value, name=name)}\n"


def item(value: object, *, name: str, indent: str) -> str:
    """Return one item of a list; the first line of a mapping stands after its dash."""
    if isinstance(value, dict):
        return f"{indent}- " + mapping(value, indent=f"{indent}  ").removeprefix(f"{indent}  ")
    return f"{indent}- {scalar(value, name=name)}\n"


def mapping(fields: FrontMatter, *, indent: str) -> str:
    """Return the entries of a mapping, in their order."""
    return "".join(entry(name, value, indent=indent) for name, value in fields.items())


def scalar(value: object, *, name: str) -> str:
    """Return one value as its field has it.

    Raises:
        BadFrontMatter: it is of a kind that no field has.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return utc_text(value)
        case str():
            return quote(value) if name in QUOTED else plain(value)
        case _:
            raise BadFrontMatter("news", name, why=f"a {type(value).__name__} cannot be written")
