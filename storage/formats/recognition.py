"""Which format a file is of, by its name and the fields that only that format has. Not for reading it."""

from storage.formats.errors import UnreadableFile
from storage.formats.given_yaml import read_given
from storage.formats.source_file import split_file

# The first of which a file has all fields.
MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("post", frozenset({"arturl_encode"})),
    ("post", frozenset({"artid", "layout"})),
    ("news", frozenset({"publishedDateTime"})),
    ("news", frozenset({"category", "webUrl"})),
    ("note", frozenset({"link", "upload_date"})),
    ("note", frozenset({"link", "already_read"})),
)


def recognise(text: str, *, path: str) -> str:
    """Return the name of the format.

    Raises:
        UnreadableFile: it is of none that can be read, or its front matter is broken.
    """
    file = split_file(text, path=path)
    if file.front_matter is None:
        if path.lower().endswith(".txt"):
            return "text"
        raise UnreadableFile(path, line=1, why="it has no front matter; name its format if it has one all the same")
    given = read_given(file.front_matter, path=path)
    for name, fields in MARKS:
        if fields <= given.by_name.keys():
            return name
    raise UnreadableFile(path, line=1, why="its fields are of no format that can be read; name the format if it is one")
