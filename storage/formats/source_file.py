"""A file as it was found: its text, its front matter and its body apart. Not for what the front matter says."""

from dataclasses import dataclass

from storage.formats.errors import UnreadableFile

FENCE = "---"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of an article. path: relative, with ``/``; its name and folder may say something of the article.

    front_matter: without its ``---`` lines, None where there is none; it begins on the file's second line.
    body: all that comes after it, from the line break on that ends its last ``---``.
    """

    path: str
    front_matter: str | None
    body: str

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    @property
    def folder(self) -> str:
        """The name of the folder it lies in, or nothing."""
        return self.path.rpartition("/")[0].rpartition("/")[2]


def decoded(content: bytes, *, path: str) -> str:
    """Return the text of a file with LF at its line ends, without byte order mark.

    A file has CRLF where its first line ends so; a single CR LF in the body of any other is kept.

    Raises:
        UnreadableFile: it is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, line=content[: error.start].count(b"\n") + 1, why="it is not UTF-8") from error
    return text.replace("\r\n", "\n") if text.partition("\n")[0].endswith("\r") else text


def split_file(text: str, *, path: str) -> SourceFile:
    """Return the file with front matter and body apart; one that does not open with ``---`` has no front matter.

    Raises:
        UnreadableFile: the front matter is never closed.
    """
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != FENCE:
        return SourceFile(path, None, text)
    end = 0
    while end <= len(rest):
        line_end = rest.find("\n", end)
        line_end = len(rest) if line_end < 0 else line_end
        if rest[end:line_end].rstrip() == FENCE:
            return SourceFile(path, rest[:end], rest[line_end:])
        end = line_end + 1
    raise UnreadableFile(path, line=1, why="the front matter that begins here is never closed by a line ---")


def required_front_matter(file: SourceFile) -> str:
    """Return the front matter.

    Raises:
        UnreadableFile: there is none.
    """
    if file.front_matter is None:
        raise UnreadableFile(file.path, line=1, why="it does not begin with front matter between two lines ---")
    return file.front_matter
