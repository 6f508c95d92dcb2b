"""Article files turned into files of another format, or into the right spelling of their own. Knows no store."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from storage.article import Article
from storage.errors import FileUnusable
from storage.export.folder import Folder
from storage.export.ledger import name_key
from storage.export.naming import article_key, candidate_paths
from storage.files.found import ArticleFile
from storage.files.read import content_of, read_article
from storage.formats.errors import FormatError, NoArticle
from storage.formats.format import Format
from storage.formats.places import losses
from storage.formats.source_file import decoded
from storage.formats.topic_note import is_topic_note, read_topic_note, topic_note

# A note that is made of a whole article holds all of it: a conversion loses no text.
OPTIONS: Mapping[str, Mapping[str, object]] = {"note": {"summary": "body"}}


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file. path: where it was written, below the folder; reason: why it was not.

    skipped: it is the note of a topic, for which only ``note`` has a place. lost: what the format has no place for.
    """

    source: Path
    path: str
    outcome: Literal["written", "unchanged", "skipped", "failed"]
    reason: str = ""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is converted and how. from_name: None lets each file say what it is."""

    writer: Format
    from_name: str | None = None
    # One file to this very name, instead of the one that the format gives.
    file_name: str | None = None
    # Done to each article before it is written.
    prepare: Callable[[Article], Article] = field(default=lambda article: article)


def convert_files(files: Iterable[ArticleFile], folder: Folder, conversion: Conversion) -> Iterator[Converted]:
    """Write each file anew and yield what became of it. One that fails costs no other.

    A file of the format that is written keeps its path, any other gets the one that its format gives it. What is there
    under that name is replaced; two files of one call never get the same.

    Raises:
        FolderUnusable: the folder cannot be written.
        UnsafePath: a symbolic link is in the way.
        UnknownFormat: from_name cannot be read.
    """
    taken: set[str] = set()
    for file in files:
        try:
            made = converted(file, conversion, taken=taken)
        except NoArticle as error:
            yield Converted(file.path, "", "skipped", str(error))
            continue
        except (FormatError, FileUnusable) as error:
            yield Converted(file.path, "", "failed", str(error))
            continue
        content = made.text.encode()
        is_there = folder.read(made.path) == content
        if not is_there:
            folder.publish(made.path, content)
        yield Converted(file.path, made.path, "unchanged" if is_there else "written", lost=made.lost)


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be written, and what its format has no place for."""

    path: str
    text: str
    lost: tuple[str, ...] = ()


def converted(file: ArticleFile, conversion: Conversion, *, taken: set[str]) -> Made:
    """Return what one file becomes; its path is taken from now on."""
    writer = conversion.writer
    if writer.name == "note" and is_topic_note(file.path.as_posix()):
        return Made(file.relative, topic_note_again(file))
    read = read_article(file, format_name=conversion.from_name)
    article = conversion.prepare(with_words(read.article))
    document = writer.write(article, OPTIONS.get(writer.name, {}))
    is_same = read.format_name == writer.name
    wanted = same_path(file.relative, document.path) if is_same else document.path
    path = free_path(conversion.file_name or wanted, article=article, taken=taken)
    return Made(path, document.text, tuple(losses(read.article, read_as=read.format_name, written_as=writer.name)))


def with_words(article: Article) -> Article:
    """Return the article with its excerpt for a text where it has no other, as an item of news has none."""
    if article.body or article.text or article.summary or not article.excerpt:
        return article
    return replace(article, text=article.excerpt)


def topic_note_again(file: ArticleFile) -> str:
    """Return the note of a topic as it is spelt by us."""
    text = decoded(content_of(file).content, path=str(file.path))
    topic = read_topic_note(text, path=file.path.as_posix())
    return topic_note(topic, paragraph=topic.description).text


def same_path(relative: str, written: str) -> str:
    """Return the path a file had, with the suffix that its format writes: a page becomes Markdown."""
    path = PurePosixPath(relative)
    return str(path.with_suffix(PurePosixPath(written).suffix)) if path.suffix.startswith(".htm") else relative


def free_path(path: str, *, article: Article, taken: set[str]) -> str:
    """Return the path, or a varied one where another file of this call has it."""
    key = article_key(article)
    found = next(each for each in candidate_paths(path, key=key) if name_key(each) not in taken)
    taken.add(name_key(found))
    return found
