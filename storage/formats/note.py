"""The format ``note``: an Obsidian note on one source. Not for choosing what the note says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import HttpUrl, ValidationError

from storage.article import Article, Topic
from storage.formats.characters import body_text, one_line
from storage.formats.content_type import content_type
from storage.formats.errors import MissingField
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.format import NO_OPTIONS, Document
from storage.formats.front_matter import FrontMatter, verify_front_matter, well_formed_fields
from storage.formats.moment import utc_day
from storage.formats.note_links import link_lines
from storage.formats.note_summary import summary_text
from storage.formats.note_words import clean_name
from storage.formats.options import FormatOptions, read_options
from storage.formats.scalar import dumped
from storage.formats.topic_note import topic_notes, topic_target


class NoteOptions(FormatOptions):
    """folder: where the notes lie, in a folder for each content type, relative to the profile's folder.

    topic_notes: whether the topics get notes of their own, which the notes embed.
    """

    folder: str = "contents"
    topic_notes: bool = True


class NoteFormat:
    """Writes ``contents/{content type}/{title}.md``."""

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
        fields = note_fields(article)
        front_matter = "".join(dumped(name, fields[name]) for name in sorted(fields))
        verify_front_matter(front_matter, expected=fields, format_name=self.name)
        name = safe_file_name(clean_name(article.title), suffix=".md", fallback=fallback_stem(article))
        return Document(
            path=f"{chosen.folder}/{content_type(article)}/{name}",
            text=f"---\n{front_matter}---\n\n{note_body(article)}",
        )

    def shared(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Sequence[Document]:
        """Return the files that the article's note embeds and other notes may embed as well: those of its topics.

        One that is there already is to be left as it is, for it may say more than this article does.
        """
        chosen = read_options(NoteOptions, options, format_name=self.name)
        return topic_notes(article) if chosen.topic_notes else ()


def note_fields(article: Article) -> FrontMatter:
    """Return the eight fields."""
    return well_formed_fields(
        {
            "already_read": article.reader.already_read,
            "link": normal_url(article.best_url),
            "read_priority": article.reader.read_priority,
            "relevance": article.reader.relevance,
            "source": article.source or None,
            "tags": [underscored(tag) for tag in article.tags if tag.strip()],
            "type": "Content",
            "upload_date": upload_day(article).isoformat(),
        }
    )


def note_body(article: Article) -> str:
    """Return the link, the summary, the links and the topics, without a newline at the end."""
    body = f"{one_line(normal_url(article.best_url))}\n## Summary\n\n{summary_text(article)}\n## Links\n\n"
    body += link_lines(article)
    body += "\n## Topics\n\n"
    body += "".join(embed(topic) for topic in article.topics if clean_name(topic.name))
    return body_text(body.strip())


def embed(topic: Topic) -> str:
    """Return the embed of a topic's own note; a topic of no known kind is a concept."""
    return f"![[{topic_target(topic)}]]\n\n"


def underscored(tag: str) -> str:
    """Return a tag as Obsidian takes it: without white space."""
    return re.sub(r"\s+", "_", tag.strip())


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
