"""The note of a topic: ``topics/{kind}/{name}.md``, its kind and a paragraph. Not for which topics are one."""

from collections.abc import Sequence
from functools import lru_cache

from storage.article import Article, Topic
from storage.formats.characters import body_text
from storage.formats.file_name import safe_file_name, short_hash
from storage.formats.format import Document
from storage.formats.front_matter import verify_front_matter
from storage.formats.given_yaml import read_given
from storage.formats.note_words import clean_name
from storage.formats.scalar import dumped
from storage.formats.source_file import split_file
from storage.formats.topic_sentence import first_sentence_on

FOLDER = "topics"
# Of a topic whose kind nobody told.
KIND = "Concept"
SUFFIX = ".md"
# Names that are kept ready; the topics of a vault are some thousands, and come again and again.
NAMES_KEPT = 8192


def topic_notes(article: Article) -> Sequence[Document]:
    """Return a note for each topic of an article, each file once."""
    notes: dict[str, Document] = {}
    for topic in article.topics:
        # The same name to file systems that fold case.
        key = topic_target(topic).casefold()
        if clean_name(topic.name) and key not in notes:
            notes[key] = topic_note(topic, paragraph=topic_paragraph(topic, text=article.text))
    return list(notes.values())


def topic_note(topic: Topic, *, paragraph: str) -> Document:
    """Return the note of a topic; without a paragraph it is all front matter."""
    front_matter = front_matter_of(safe_kind(topic.kind))
    paragraph = body_text(paragraph).strip()
    return Document(topic_target(topic) + SUFFIX, f"{front_matter}\n{paragraph}" if paragraph else front_matter)


def topic_target(topic: Topic) -> str:
    """Return what a note embeds a topic by: the path of its file, without suffix."""
    return f"{FOLDER}/{safe_kind(topic.kind)}/{safe_stem(topic.name)}"


@lru_cache(maxsize=NAMES_KEPT)
def safe_stem(name: str) -> str:
    """Return the name of a topic's file, without suffix."""
    return safe_file_name(clean_name(name), suffix=SUFFIX, fallback=short_hash(name)).removesuffix(SUFFIX)


@lru_cache(maxsize=NAMES_KEPT)
def safe_kind(kind: str) -> str:
    """Return the name of the folder for topics of a kind, which is how their notes spell it."""
    return safe_file_name(clean_name(kind), suffix="", fallback=KIND)


@lru_cache(maxsize=NAMES_KEPT)
def front_matter_of(kind: str) -> str:
    """Return the front matter of a note on a topic of a kind, its ``---`` lines included."""
    front_matter = dumped("type", kind)
    verify_front_matter(front_matter, expected={"type": kind}, format_name="note")
    return f"---\n{front_matter}---\n"


def topic_paragraph(topic: Topic, *, text: str) -> str:
    """Return what there is to say of a topic: its description, else a sentence of a text that names it, or nothing."""
    return topic.description.strip() or first_sentence_on(topic.name, text)


def is_topic_note(path: str) -> bool:
    """Whether a file lies where topics have their notes: ``topics/{kind}/{name}.md``."""
    return path.split("/")[-3:-2] == [FOLDER]


def read_topic_note(text: str, *, path: str) -> Topic:
    """Return the topic a note is about: its name is the file's, its kind the field ``type`` or the folder's name.

    path: with ``/``.

    Raises:
        UnreadableFile: its front matter is no YAML.
    """
    file = split_file(text, path=path)
    kind = next(iter(read_given(file.front_matter or "", path=path).texts("type")), "").strip() or file.folder
    return Topic(file.stem, kind, file.body.strip())
