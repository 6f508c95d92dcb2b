"""The format ``text``: the plain text of an article, without metadata. Not for reading Markdown."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.characters import body_text
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.format import NO_OPTIONS, Document
from storage.formats.options import FormatOptions, read_options
from storage.formats.slug import slugify
from storage.formats.text_layout import lay_out
from storage.formats.text_reader import read_text


class TextOptions(FormatOptions):
    """folder: where the texts lie, relative to the profile's folder; empty is that folder itself."""

    folder: str = ""


class TextFormat:
    """Writes ``{slug}.txt``."""

    name = "text"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not TextOptions."""
        read_options(TextOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the title and the main text."""
        chosen = read_options(TextOptions, options, format_name=self.name)
        name = safe_file_name(slugify(article.title), suffix=".txt", fallback=fallback_stem(article))
        return Document(path=f"{chosen.folder}/{name}".lstrip("/"), text=body_text(lay_out(article)))

    def read(self, text: str, *, path: str) -> Article:
        """Return the article of a text; it has a title and a body, nothing else.

        Raises:
            UnreadableFile: it is empty.
        """
        return read_text(text, path=path)
