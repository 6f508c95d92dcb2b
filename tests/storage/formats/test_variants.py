"""Older and broken variants: read, and written the canonical way."""

from datetime import UTC, datetime

import pytest

from storage.article import Link, Topic
from storage.formats.errors import UnreadableFile
from storage.formats.news import NewsFormat
from storage.formats.note import NoteFormat
from storage.formats.post import PostFormat
from storage.formats.recognition import recognise
from storage.formats.text import TextFormat

NOTE = """---
already_read: false
link: https://example.org/a
read_priority: 0
relevance: 0
source: null
tags:
- Deep_Learning
type: Content
upload_date: '2024-02-22'
---

https://example.org/a
## Summary

One.

Two.
## Links

- [a [b]](https://example.org/x_(y)) : what : it is

## Topics

![[topics/Concept/Pre training]]"""
POST = """---
arturl_encode: "68747470733a2f2f626c6f672e6373646e2e6e:65742f612f61727469636c652f64657461696c732f31323334"
layout: post
title: "T"
date: 2024-06-03 14:32:38 +08:00
description: ""
keywords: ""
categories: ['未分类']
tags: ['无标签']
artid: "1234"
image:
  path: https://api.vvhan.com/api/bing?rand=sj&artid=1234
  alt: "T"
render_with_liquid: false
featuredImage: https://bing.ee123.net/img/rand?artid=1234
featuredImagePreview: https://bing.ee123.net/img/rand?artid=1234
---

# T

B"""

OLD_NEWS = """---
category: news
title: "T "
excerpt: ""
publishedDateTime: 2019-01-31T13:57:00Z
webUrl: "https://x.org/a"
type: article

provider:
  name: X
  domain: x.org

topics:
  - AI
---

"""


def note(text: str) -> str:
    return NoteFormat().write(NoteFormat().read(text, path="contents/Course/A note.md")).text


def post(text: str) -> str:
    return PostFormat().write(PostFormat().read(text, path="a.md")).text


def test_a_note_is_read_in_all_its_parts() -> None:
    article = NoteFormat().read(NOTE, path="contents/Course/A note.md")
    assert (article.title, article.url, article.summary) == ("A note", "https://example.org/a", "One.\n\nTwo.")
    assert article.captured_at == datetime(2024, 2, 22, tzinfo=UTC)
    assert article.tags == ("Deep Learning",)
    assert article.links == (Link("https://example.org/x_(y)", "a [b]", "what : it is"),)
    assert article.topics == (Topic("Pre training", "Concept"),)
    assert NoteFormat().write(article).path == "contents/Course/A note.md"
    assert note(NOTE) == NOTE


@pytest.mark.parametrize(
    ("canonical", "variant"),
    [
        ("![[topics/Concept/Pre training]]", "- [[topics/Concept/Pre training]]"),
        ("![[topics/Concept/Pre training]]", "![](topics/Concept/Pre%20training)"),
        ("![[topics/Concept/Pre training]]", "![[topics/Concept/Pre training)]]"),
        ("a\n## Summary\n\nOne.\n\nTwo.\n## Links", "a\n\n## Summary\n\nOne.\n\nTwo.\n\n## Links"),
    ],
)
def test_a_variant_of_a_note_becomes_canonical(canonical: str, variant: str) -> None:
    assert canonical in NOTE
    assert note(NOTE.replace(canonical, variant)) == NOTE


@pytest.mark.parametrize(
    ("canonical", "written"),
    [
        ("One.\n\nTwo.", "One.\n## Links\n\nnone\n\n## Topics\n\nTwo."),
        ("training]]", "training]]\n\n## My own heading\n\nand words"),
        ("a\n## Summary", "a\nread this first\n## Summary"),
        ("- [a [b]]", "somebody's words\n- [a [b]]"),
        ("'2024-02-22'", "'2024-02-22'\nzest: 1.5"),
        ("source: null", "rating:\n  - 1e3: true\nsource: null"),
        ("type: Content", "type: Draft"),
    ],
)
def test_what_a_person_added_to_a_note_stays(canonical: str, written: str) -> None:
    text = NOTE.replace(canonical, written)
    again = note(text)
    for line in written.split("\n"):
        assert line.replace("1e3", '"1e3"') in again
    assert note(again) == again


def test_a_note_without_headings_keeps_its_words() -> None:
    article = NoteFormat().read("---\nlink: https://example.org/\n---\n\nhttps://example.org/\nwords", path="n.md")
    assert article.summary == "words"


@pytest.mark.parametrize(
    "replacements",
    [
        {'artid: "1234"\n': 'artid: "1234"\ncover: https://x.org/c\nimg: y\nimage: z\n'},
        {"  path: https": "    path: https", '  alt: "T"': '    alt: "T"'},
        {"2024-06-03 14:32:38 +08:00": "2024-06-03T14:32:38+0800"},
        {'title: "T"': 'title: "2024-06-03-T"'},
        {"\n# T\n\nB": "\n\n\n# T\n\nB\n\n"},
        {"# T\n\nB": '<div class="blog-content-box"><h1>T</h1>\n<p>B</p></div>'},
    ],
)
def test_a_variant_of_a_post_becomes_canonical(replacements: dict[str, str]) -> None:
    assert post(POST) == POST
    text = POST
    for canonical, variant in replacements.items():
        assert canonical in text
        text = text.replace(canonical, variant)
    assert post(text) == POST


def test_a_post_may_give_its_address_bare() -> None:
    first = POST.split("\n")[1]
    bare = 'arturl: "https://blog.csdn.net/a/article/details/1234"'
    assert post(POST.replace(first, bare)) == POST


def test_an_old_news_item_gains_no_field() -> None:
    assert NewsFormat().write(NewsFormat().read(OLD_NEWS, path="a.md")).text == OLD_NEWS


def test_foreign_fields_of_a_news_item_are_written_back() -> None:
    text = "---\ntitle: T\nmood: good\nwhen: 2024-01-31\npublishedDateTime: 2019-01-31T13:57:00Z\nwebUrl: https://x.org/a\n---\n"
    again = NewsFormat().write(NewsFormat().read(text, path="a.md")).text
    assert again.endswith('\n\nmood: "good"\nwhen: 2024-01-31\n---\n\n')


@pytest.mark.parametrize(
    "text",
    [
        "T\n\n\n\n",
        "T\n\na\nb\n\n\n\nc.\n",
        "T\n\n# no heading\n\n1. one\n\n* two *\n\n[x](y) <b> &amp; `z`\n\n\n\n",
        "T\n\nA heading\n\nText that goes on.\n\n\nThe end of it all.\n\n\n\n",
        "T\nsub\n\nx.\n\n\n\n",
    ],
)
def test_a_text_keeps_its_lines_and_gaps(text: str) -> None:
    assert TextFormat().write(TextFormat().read(text, path="a.txt")).text == text


def test_a_text_knows_its_headings() -> None:
    body = TextFormat().read("T\n\nA heading\n\nText that goes on.\n\nshort\n\n\n\n", path="a.txt").body
    assert body == "## A heading\n\nText that goes on.\n\nshort"


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("---\na: b\n", "x/a.md", "x/a.md, line 1: the front matter that begins here is never closed"),
        ("words", "a.md", "a.md, line 1: it has no front matter"),
        ("---\na: b\n---\n", "a.md", "a.md, line 1: its fields are of no format"),
    ],
)
def test_a_file_of_no_format_is_named(text: str, path: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        recognise(text, path=path)


def test_an_empty_text_is_no_article() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.txt, line 1: it is empty"):
        TextFormat().read("\n \n", path="a.txt")
