"""The notes of topics: their files, what stands in them, and reading them back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article, Topic
from storage.formats.errors import BadOption, UnreadableFile
from storage.formats.format import Document
from storage.formats.note import NoteFormat
from storage.formats.topic_note import read_topic_note, topic_note

TEXT = "Bowerbirds are birds.\n\nPre-training comes first. Then comes more."
ARTICLE = Article(url="https://example.org/", title="T", captured_at=datetime(2026, 1, 1, tzinfo=UTC), text=TEXT)


def notes(*topics: Topic) -> list[Document]:
    return list(NoteFormat().shared(replace(ARTICLE, topics=topics)))


def test_a_topic_has_its_kind_and_a_paragraph_without_a_line_end() -> None:
    assert topic_note(Topic("AI Agents", "Concept"), paragraph="They act.\n") == Document(
        "topics/Concept/AI Agents.md", "---\ntype: Concept\n---\n\nThey act."
    )


def test_a_topic_of_which_nothing_is_known_is_all_front_matter() -> None:
    assert topic_note(Topic("GPT-3.5", "Model"), paragraph="") == Document(
        "topics/Model/GPT 3 5.md", "---\ntype: Model\n---\n"
    )


def test_a_description_counts_before_the_text_and_the_text_before_nothing() -> None:
    described, said, unknown = notes(
        Topic("Bowerbirds", "Concept", "A family of 27 species."),
        Topic("Pre training", "Concept"),
        Topic("SQL", "Tool"),
    )
    assert described.text.endswith("---\n\nA family of 27 species.")
    assert said.text.endswith("---\n\nPre-training comes first.")
    assert unknown.text == "---\ntype: Tool\n---\n"


def test_each_file_is_there_once_and_none_for_a_name_without_letters() -> None:
    found = notes(Topic("GPT-3", "Model"), Topic("gpt 3", "model"), Topic("???"), Topic("GPT 3", ""))
    assert [note.path for note in found] == ["topics/Model/GPT 3.md", "topics/Concept/GPT 3.md"]


def test_topic_notes_can_be_left_out() -> None:
    article = replace(ARTICLE, topics=(Topic("SQL", "Tool"),))
    assert NoteFormat().shared(article, {"topic_notes": False}) == ()
    with pytest.raises(BadOption):
        NoteFormat().check({"topic_notes": "perhaps"})


@pytest.mark.parametrize(
    "topic",
    [
        Topic("con", "aux"),
        Topic("../../x", "../.."),
        Topic("a/b\\c:d", "C:\\"),
        Topic("x" * 300, "y" * 300),
        Topic("机器学习" * 40, "概念"),
        Topic("SQL", ""),
        Topic("null", "null"),
        Topic("1e3", "12:30"),
        Topic(".hidden.", " Tool "),
    ],
)
def test_a_note_embeds_the_file_that_is_there(topic: Topic) -> None:
    (note,) = notes(topic)
    assert NoteFormat().write(replace(ARTICLE, topics=(topic,))).text.endswith(f"![[{note.path.removesuffix('.md')}]]")
    _, kind, name = note.path.split("/")
    assert len(name.encode()) <= 120
    assert len(kind.encode()) <= 120
    assert name.lower() != "con.md"
    assert kind.lower() != "aux"
    assert yaml.safe_load(note.text.split("---\n")[1]) == {"type": kind}


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=60))
def test_what_is_written_is_read_back(name: str, kind: str, paragraph: str) -> None:
    note = topic_note(Topic(name, kind), paragraph=paragraph)
    read = read_topic_note(note.text, path=note.path)
    assert topic_note(read, paragraph=read.description) == note


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("---\ntype: Concept\n---\n\nThey act.", Topic("AI Agents", "Concept", "They act.")),
        ("---\ndate: '2024-10-22'\ntype: 'Model'\n---\nThey\nact.\n", Topic("AI Agents", "Model", "They\nact.")),
        ('{"no": "front matter"}\n\nThey act.', Topic("AI Agents", "Tool", '{"no": "front matter"}\n\nThey act.')),
        ('---\n{"type": "Model", "x": [1]}\n---\n', Topic("AI Agents", "Model")),
        ("---\ntype: [Model]\n---\nThey act.", Topic("AI Agents", "Model", "They act.")),
        ("", Topic("AI Agents", "Tool")),
    ],
)
def test_a_note_of_a_person_is_read_as_well(text: str, topic: Topic) -> None:
    assert read_topic_note(text, path="vault/topics/Tool/AI Agents.md") == topic


def test_a_note_that_is_no_yaml_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match=r"^topics/Tool/X\.md, line 3: the front matter is no YAML"):
        read_topic_note("---\ntype: 'x\n---\n", path="topics/Tool/X.md")
