"""A note read back into the neutral record, in any of its variants. Not for writing one.

A person may have written a heading of ours into the summary, so the sections are looked for from the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from urllib.parse import unquote

from storage.article import Article, ReaderState, Topic
from storage.formats.content_type import content_type
from storage.formats.foreign import FOREIGN, foreign_fields
from storage.formats.front_matter import FrontMatter
from storage.formats.given import GivenFields
from storage.formats.given_yaml import read_given
from storage.formats.moment import in_zone
from storage.formats.note_links import link_lines, links_in
from storage.formats.note_words import CONTENT, clean_name, underscored
from storage.formats.source_file import SourceFile, required_front_matter

FIELDS = ("already_read", "link", "read_priority", "relevance", "source", "tags", "type", "upload_date")
SUMMARY, LINKS, TOPICS = (re.compile(rf"^## {name}[ \t]*$", re.MULTILINE) for name in ("Summary", "Links", "Topics"))
# ![[topics/Concept/X]] and - [[topics/Concept/X]]; ![](topics/Concept/X%20Y).
EMBED = re.compile(r"\[\[topics/(?P<kind>[^/\]\n]+)/(?P<name>[^\[\]\n]+)\]\]")
QUOTED = re.compile(r"!\[\]\(topics/(?P<kind>[^/)\n]+)/(?P<name>[^)\[\n]+)\)")


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a note's body, each without its heading. opening: what stands before the summary, the link alone."""

    opening: str
    summary: str
    links: str
    topics: str


def read_note(file: SourceFile) -> Article:
    """Return the article of a note; its title is the file's name, its kind the folder's.

    Raises:
        UnreadableFile: it has no front matter, or a field holds what it cannot hold.
    """
    given = read_given(required_front_matter(file), path=file.path)
    sections = sections_of(file.body)
    day = given.moment("upload_date")
    article = Article(
        url=given.text("link") or sections.opening.partition("\n")[0],
        title=file.stem,
        captured_at=in_zone(day, UTC) if day else None,
        source=given.text("source"),
        tags=tuple(spaced(tag) for tag in given.texts("tags")),
        topics=tuple(topics_in(sections.topics)),
        links=tuple(links_in(sections.links)),
        summary=sections.summary,
        body=sections.summary,
        reader=reader_state(given),
    )
    kept = as_read(file, given, sections=sections, article=article)
    return replace(article, extra={"note": kept}) if kept else article


def reader_state(given: GivenFields) -> ReaderState:
    """Return what a person set."""
    return ReaderState(
        already_read=given.flag("already_read"),
        read_priority=given.whole("read_priority") or 0,
        relevance=given.whole("relevance") or 0,
    )


def spaced(tag: str) -> str:
    """Return a tag with the spaces that the format cannot hold, where it would be written as it stands here."""
    words = tag.replace("_", " ")
    return words if underscored(words) == tag else tag


def sections_of(body: str) -> Sections:
    """Return the parts of a body; one without a heading ``## Summary`` is all summary after its first line."""
    start = SUMMARY.search(body)
    if start:
        opening, rest = body[: start.start()], body[start.end() :]
    else:
        first, _, rest = body.lstrip("\n").partition("\n")
        opening, rest = (first, rest) if "://" in first else ("", body)
    topics = last_of(TOPICS, rest)
    before = rest[: topics.start()] if topics else rest
    links = last_of(LINKS, before)
    summary = (before[: links.start()] if links else before).removeprefix("\n\n").removesuffix("\n")
    # The variant with an empty line before each heading.
    is_spaced = opening.endswith("\n\n") and bool(opening.strip())
    return Sections(
        opening=opening.strip(),
        summary=summary.removesuffix("\n") if is_spaced else summary,
        links=before[links.end() :] if links else "",
        topics=rest[topics.end() :] if topics else "",
    )


def last_of(heading: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last place of a heading."""
    return next(reversed(list(heading.finditer(text))), None)


def topics_in(section: str) -> Iterator[Topic]:
    """Yield the topics, a line each, in any of the spellings there were."""
    for line in section.split("\n"):
        topic = topic_in(line)
        if topic:
            yield topic


def topic_in(line: str) -> Topic | None:
    """Return the topic that a line embeds or links to."""
    found = EMBED.search(line)
    if found:
        # A few were closed by `)]]`.
        name = found["name"]
        return Topic(name=name if "(" in name else name.removesuffix(")"), kind=found["kind"])
    found = QUOTED.search(line)
    return Topic(name=unquote(found["name"]), kind=found["kind"]) if found else None


def as_read(file: SourceFile, given: GivenFields, *, sections: Sections, article: Article) -> FrontMatter:
    """Return what would be written otherwise than it was given."""
    kept: FrontMatter = {}
    if file.folder and file.folder != content_type(article):
        kept["content_type"] = file.folder
    if given.text("type") not in ("", CONTENT):
        kept["type"] = given.text("type")
    if not given.text("source"):
        kept["source"] = None  # whoever imports a note is no sender
    if sections.opening not in ("", article.url):
        kept["opening"] = sections.opening
    links = "\n".join(line for line in sections.links.split("\n") if line.strip())
    if links != link_lines(article).removesuffix("\n"):
        kept["links"] = links
    if not all(is_clean_topic(line) for line in sections.topics.split("\n")):
        kept["topics"] = sections.topics.strip()
    foreign = foreign_fields(file, given, known=FIELDS)
    return kept | ({FOREIGN: foreign} if foreign else {})


def is_clean_topic(line: str) -> bool:
    """Whether a line says no more than a topic that is written by the same name; an empty one says nothing."""
    words = line.strip().removeprefix("- ").removeprefix("!")
    is_topic = EMBED.fullmatch(words) or QUOTED.fullmatch(f"!{words}")
    topic = topic_in(line)
    return not words or (is_topic is not None and topic is not None and clean_name(topic.name) == topic.name)
