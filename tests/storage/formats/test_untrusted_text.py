"""Whatever the open web puts into a field, the file is whole and says what the article says."""

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.article import Article, Image, Link, Provider, Related, Topic
from storage.formats.news import NewsFormat
from storage.formats.note import NoteFormat
from storage.formats.post import PostFormat
from storage.formats.registry import FORMATS

AT = datetime(2024, 1, 31, 13, 57, tzinfo=UTC)
# A template of the user's own has no default.
MINE = "---\ntitle: {{ title|yaml }}\ntags: {{ tags|yaml }}\n---\n{{ content }}"
OPTIONS = {"template": {"template": "mine.md", "text": MINE, "path": "{{ domain }}/{{ title }}.md"}}
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def hostile(text: str) -> Article:
    """An article that has the text wherever it can have one."""
    image = Image(text, 300, 300, alt=text, caption=text)
    provider = Provider(text, text, (image,))
    other = Related(text, text, excerpt=text, published_at=AT, amp_url=f"https://x.org/{text}", provider=provider)
    return Article(
        url="https://example.org/a",
        title=text,
        amp_url=f"https://x.org/{text}",
        excerpt=text,
        published_at=AT,
        captured_at=AT,
        provider=provider,
        source=text,
        category=text,
        keywords=(text,),
        tags=(text, text),
        topics=(Topic(text, text),),
        categories=(text,),
        images=(image,),
        links=(Link(f"https://x.org/{text}", text, text),),
        summary=text,
        body=text,
        text=text,
        related=(other,),
        extra={"secured": text},
    )


def front_matter(text: str) -> dict[str, Any]:
    end = text.index("\n---\n")
    fields = yaml.safe_load(text[4:end])
    assert isinstance(fields, dict)
    return fields


def assert_news_is_whole(text: str) -> None:
    fields = front_matter(NewsFormat().write(hostile(text)).text)
    assert fields["title"] == text
    assert fields["excerpt"] == text
    assert fields["topics"] == ([text, text] if text.strip() else ["News"])
    assert fields["provider"]["name"] == (text or "example.org")
    assert fields["images"][0]["url"] == text
    assert fields["related"][0]["title"] == text
    assert fields["related"][0]["excerpt"] == text
    assert fields.get("secured", "") == text


def assert_note_is_whole(text: str) -> None:
    fields = front_matter(NoteFormat().write(hostile(text)).text)
    assert fields["source"] == (text or None)
    assert fields["link"] == "https://example.org/a"
    assert all(tag == "_".join(text.split()) for tag in fields["tags"])


def assert_post_is_whole(text: str) -> None:
    fields = front_matter(PostFormat().write(hostile(text)).text)
    assert fields["description"] == text[:50]
    assert fields["keywords"] == text


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_back_from_every_format(text: str) -> None:
    assert_news_is_whole(text)
    assert_note_is_whole(text)
    assert_post_is_whole(text)


def test_naughty_strings_are_read_back_from_every_format(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        assert_news_is_whole(text[:300].strip())
        assert_note_is_whole(text)
        assert_post_is_whole(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters()))
def test_every_document_can_be_saved(text: str) -> None:
    for each in FORMATS:
        document = each.write(hostile(text), OPTIONS.get(each.name, {}))
        assert document.text.encode()
        assert all(part not in ("", ".", "..") for part in document.path.split("/"))


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff", "\0", "---\nx: y\n---\n", "</script>", "{{ x }}"])
def test_text_that_breaks_files_is_harmless(text: str) -> None:
    for each in FORMATS:
        document = each.write(hostile(text), OPTIONS.get(each.name, {}))
        assert document.text.encode().decode() == document.text
        assert "\0" not in document.text
