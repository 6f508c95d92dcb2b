import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from storage.article import Article, Link, Topic
from storage.formats.note import NoteFormat

AT = datetime(2024, 2, 22, 23, 59, tzinfo=UTC)


def loaded(text: str) -> dict[str, Any]:
    """The front matter as YAML reads it."""
    fields = yaml.safe_load(text.removeprefix("---\n").split("\n---\n")[0])
    assert isinstance(fields, dict)
    return fields


def article_of(text: str, *, title: str) -> Article:
    return NoteFormat().read(text, path=f"contents/Blog post/{title}.md")


def test_the_seed_is_written_byte_for_byte(shared: Path) -> None:
    seed = (shared / "formats/seeds/001_note.md").read_bytes().decode()
    document = NoteFormat().write(article_of(seed, title="Thoughts on the 2024 AI Job Market"))
    assert document.text == seed
    assert document.path == "contents/Blog post/Thoughts on the 2024 AI Job Market.md"


@pytest.mark.corpora
def test_every_example_is_written_byte_for_byte(shared: Path) -> None:
    files = sorted((shared / "formats/examples/note").glob("*.md"))
    assert len(files) > 200
    texts = {file: file.read_bytes().decode() for file in files}
    differing = [
        file.name for file, text in texts.items() if NoteFormat().write(article_of(text, title=file.stem)).text != text
    ]
    assert differing == []


def a_note(
    *,
    url: str = "https://example.org",
    links: tuple[Link, ...] = (),
    topics: tuple[Topic, ...] = (),
    text: str = "",
    excerpt: str = "",
) -> Article:
    return Article(url=url, title="T", captured_at=AT, links=links, topics=topics, text=text, excerpt=excerpt)


def body_of(article: Article) -> str:
    return NoteFormat().write(article).text.split("\n---\n\n", 1)[1]


def test_a_note_without_links_and_topics_keeps_its_headings() -> None:
    assert body_of(a_note(excerpt="S")) == "https://example.org/\n## Summary\n\nS\n## Links\n\n\n## Topics"


def test_the_defaults_are_those_of_a_note_nobody_has_read() -> None:
    text = NoteFormat().write(a_note()).text
    assert text.startswith(
        "---\nalready_read: false\nlink: https://example.org/\nread_priority: 0\nrelevance: 0\nsource: null\n"
        "tags: []\ntype: Content\nupload_date: '2024-02-22'\n---\n\n"
    )


def test_links_are_at_most_five_to_other_sites_and_none_twice() -> None:
    bare = [
        "https://example.org/x",
        "https://blog.example.org/",
        "https://x.com/a",
        "https://m.facebook.com/",
        "mailto:a@b.c",
    ]
    others = [f"https://site{number}.org/" for number in (1, 1, 2, 3, 4, 5, 6)]
    links = tuple(Link(url, "name", "") for url in bare + others)
    assert re.findall(r"\((https.*?)\)", body_of(a_note(links=links))) == [f"https://site{n}.org/" for n in range(1, 6)]


def test_a_described_link_was_chosen_by_somebody_and_comes_first() -> None:
    links = (Link("https://a.org/", "A"), Link("https://example.org/own", "Own", "Described."))
    assert "- [Own](https://example.org/own) : Described.\n- [A](https://a.org/) : a.org\n" in body_of(
        a_note(links=links)
    )


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (Link("https://a.org/x", "", ""), "- [a.org](https://a.org/x) : a.org"),
        (Link("https://a.org/x", "two\nlines", "a\n## Links\n\nb"), "- [two lines](https://a.org/x) : a ## Links b"),
        (Link("https://a.org/x_(y)", "a [b]", "c"), "- [a [b]](https://a.org/x_(y)) : c"),
        (Link("https://a.org/x)y", "a ] b", "c"), "- [a \\] b](https://a.org/x%29y) : c"),
        (Link("https://a.org/a b", "n", "c"), "- [n](https://a.org/a%20b) : c"),
    ],
)
def test_every_link_has_a_whole_line(link: Link, line: str) -> None:
    assert f"\n{line}\n" in body_of(a_note(links=(link,)))


def test_topics_are_embedded_by_their_cleaned_names() -> None:
    topics = (Topic("Pre-training", "Concept"), Topic("GPT-3.5", "Model"), Topic("../x", ""), Topic("???"))
    assert body_of(a_note(topics=topics)).endswith(
        "![[topics/Concept/Pre training]]\n\n![[topics/Model/GPT 3 5]]\n\n![[topics/Concept/x]]"
    )


def test_an_excerpt_is_followed_by_the_opening_of_the_text() -> None:
    text = "The first paragraph says what happened.\n\nThe second says why."
    summary = body_of(a_note(excerpt="What the page says of itself.", text=text)).split("## Summary\n\n")[1]
    assert summary.startswith(f"What the page says of itself.\n\n{text}\n## Links")


def test_an_excerpt_that_opens_the_text_is_not_repeated() -> None:
    text = "The first paragraph says what happened, and more.\n\nThe second says why."
    summary = body_of(a_note(excerpt="The first paragraph  says what…", text=text)).split("## Summary\n\n")[1]
    assert summary.startswith(f"{text}\n## Links")


def test_the_opening_of_the_text_stands_in_for_a_summary() -> None:
    paragraph = "A sentence of some length here. " * 10
    text = "\n\n".join([paragraph.strip()] * 10)
    summary = body_of(a_note(text=text)).split("## Summary\n\n")[1].split("\n## Links")[0]
    assert summary == "\n\n".join([paragraph.strip()] * 3)


def test_a_long_first_paragraph_is_cut_at_a_sentence() -> None:
    for sentence in ("A sentence of some length here. ", "这是一个句子。"):
        summary = body_of(a_note(text=sentence * 300)).split("## Summary\n\n")[1].split("\n## Links")[0]
        assert 1150 < len(summary) <= 1200
        assert summary.endswith(sentence.strip()[-3:])


def test_tags_have_no_white_space() -> None:
    article = Article(url="https://x.org/", captured_at=AT, tags=("Deep Learning", " 1e3 ", "yes"))
    assert "tags:\n- Deep_Learning\n- \"1e3\"\n- 'yes'\n" in NoteFormat().write(article).text


def test_a_repository_lies_in_its_own_folder() -> None:
    assert NoteFormat().write(a_note(url="https://github.com/o/r")).path == "contents/Repository/T.md"
    assert NoteFormat().write(a_note(url="https://arxiv.org/abs/1")).path == "contents/Scientific article/T.md"
