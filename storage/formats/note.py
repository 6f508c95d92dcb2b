"""The format ``note``: an Obsidian note on one source. Not for choosing what the note says."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import HttpUrl, ValidationError

from storage.article import Article, Topic
from storage.formats.characters import body_text, one_line
from storage.formats.content_type import content_type
from storage.formats.errors import MissingField
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.foreign import foreign_as_read
from storage.formats.format import NO_OPTIONS, Document, fields_as_read
from storage.formats.front_matter import FrontMatter, verify_front_matter, well_formed_fields
from storage.formats.moment import utc_day
from storage.formats.note_links import link_lines
from storage.formats.note_reader import FIELDS, read_note, topics_in
from storage.formats.note_summary import summary_text
from storage.formats.note_words import CONTENT, clean_name, underscored
from storage.formats.options import FormatOptions, read_options
from storage.formats.scalar import dumped
from storage.formats.source_file import split_file
from storage.formats.topic_note import topic_notes, topic_target
from storage.formats.yaml_layout import yaml_lines


class NoteOptions(FormatOptions):
    """folder: where the notes lie, in a folder for each content type, relative to the profile's folder.

    summary: of an article that has none; its ``opening``, or all of its ``body``.
    topic_notes: whether the topics get notes of their own, which the notes embed.
    """

    folder: str = "contents"
    summary: Literal["opening", "body"] = "opening"
    topic_notes: bool = True


class NoteFormat:
    """Writes and reads ``contents/{content type}/{title}.md``."""

    name = "note"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not NoteOptions."""
        read_options(NoteOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a note.

        Raises:
            MissingField: it has no captured_at, and no other date to take its place.
        """
        chosen = read_options(NoteOptions, options, format_name=self.name)
        fields = note_fields(article) | foreign_as_read(article, format_name=self.name, known=FIELDS)
        front_matter = "".join(field_lines(name, fields[name]) for name in sorted(fields))
        verify_front_matter(front_matter, expected=fields, format_name=self.name)
        name = safe_file_name(clean_name(article.title), suffix=".md", fallback=fallback_stem(article))
        return Document(
            path=f"{chosen.folder}/{content_type(article)}/{name}",
            text=f"---\n{front_matter}---\n\n{note_body(article, options=chosen)}",
        )

    def read(self, text: str, *, path: str) -> Article:
        """Return the article of a note; its title is the file's name.

        Raises:
            UnreadableFile: it has no front matter, or a field that cannot be read.
        """
        return read_note(split_file(text, path=path))

    def shared(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Sequence[Document]:
        """Return the files that the article's note embeds and other notes may embed as well: those of its topics.

        One that is there already is to be left as it is, for it may say more than this article does.
        """
        chosen = read_options(NoteOptions, options, format_name=self.name)
        return topic_notes(article) if chosen.topic_notes else ()


def field_lines(name: str, value: object) -> str:
    """Return one field, with its line end: ours as PyYAML writes it, foreign ones with all text quoted."""
    return dumped(name, value) if name in FIELDS else yaml_lines({name: value})


def note_fields(article: Article) -> FrontMatter:
    """Return the eight fields."""
    as_read = fields_as_read(article, format_name="note")
    return well_formed_fields(
        {
            "already_read": article.reader.already_read,
            "link": normal_url(article.best_url),
            "read_priority": article.reader.read_priority,
            "relevance": article.reader.relevance,
            "source": as_read.get("source", article.source or None),
            "tags": [underscored(tag) for tag in article.tags if tag.strip()],
            "type": as_read.get("type", CONTENT),
            "upload_date": upload_day(article).isoformat(),
        }
    )


def note_body(article: Article, *, options: NoteOptions) -> str:
    """Return the link, the summary, the links and the topics, without a newline at the end."""
    as_read = fields_as_read(article, format_name="note")
    opening = as_read.get("opening", one_line(normal_url(article.best_url)))
    is_whole = options.summary == "body" and not article.summary
    summary = (article.body or article.text) if is_whole else ""
    body = f"{opening}\n## Summary\n\n{summary or summary_text(article)}\n## Links\n\n"
    body += link_lines(article)
    body += "\n## Topics\n\n"
    body += topic_lines(article)
    return body_text(body.strip())


def topic_lines(article: Article) -> str:
    """Return the embeds; a note that was read keeps the lines it had as long as they name the record's topics."""
    as_read = fields_as_read(article, format_name="note").get("topics")
    if isinstance(as_read, str) and tuple(topics_in(as_read)) == article.topics:
        return as_read
    return "".join(embed(topic) for topic in article.topics if clean_name(topic.name))


def embed(topic: Topic) -> str:
    """Return the embed of a topic's own note; a topic of no known kind is a concept."""
    return f"![[{topic_target(topic)}]]\n\n"


def upload_day(article: Article) -> date:
    """Return the day the article was taken in."""
    moment = article.captured_at or article.published_at
    if moment is None:
        raise MissingField("note", "upload_date", need="captured_at")
    return utc_day(moment)


def normal_url(url: str) -> str:
    """Return the URL as a browser writes it (a bare host gets its ``/``); what is no URL stays as it is."""
    try:
        return str(HttpUrl(url))
    except ValidationError:
        return url
