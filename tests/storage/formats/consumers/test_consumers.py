"""What stands in the files of the consumers' formats, and what an article cannot put there."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import yaml

from storage.article import Article, Author
from storage.formats.consumers.jekyll import JekyllFormat
from storage.formats.consumers.obsidian import ObsidianFormat
from storage.formats.errors import BadOption, MissingField
from storage.formats.file_name import fallback_stem
from storage.formats.format import Document
from storage.formats.registry import find_format
from tests.storage.formats.consumers.articles import AT, PLAIN, evil_articles

SITES = ("jekyll", "hugo", "zola", "astro")
HASH = fallback_stem(PLAIN)
# What decides on a page's address, template or visibility, by format.
RULING = {
    "jekyll": {"permalink", "published", "category", "slug", "type", "draft", "redirect_from"},
    "hugo": {"url", "aliases", "slug", "type", "layout", "publishDate", "expiryDate", "weight", "outputs", "build"},
    "zola": {"path", "slug", "aliases", "template", "weight", "render", "redirect_to"},
    "astro": {"slug", "layout", "id", "permalink"},
}


def fields_of(document: Document) -> dict[str, Any]:
    if document.text.startswith("+++\n"):
        return tomllib.loads(document.text[4 : document.text.index("\n+++\n")])
    fields = yaml.safe_load(document.text[4 : document.text.index("\n---\n")])
    assert isinstance(fields, dict)
    return fields


def written(format_name: str, article: Article, **options: object) -> dict[str, Any]:
    return fields_of(find_format(format_name).write(article, options))


def test_a_clipping_is_laid_out_as_the_web_clipper_does() -> None:
    assert ObsidianFormat().write(PLAIN) == Document(
        "Clippings/How the tides turn.md",
        """---
title: "How the tides turn"
source: "https://example.org/tides"
author:
  - "[[Ann Moor]]"
  - "[[Harbour Desk]]"
published: 2026-03-01
created: 2026-03-02
description: "Why the water comes back."
tags:
  - "clippings"
  - "tides"
  - "C"
  - "CI/CD"
---
The moon pulls.

## Twice a day

And again.
""",
    )


def test_what_a_clipping_does_not_know_stands_there_without_a_value() -> None:
    fields = written("obsidian", Article(url="https://example.org/a"), tags=[])
    assert list(fields) == ["title", "source", "author", "published", "created", "description", "tags"]
    assert {name for name, value in fields.items() if value is None} == set(fields) - {"title", "source"}


def test_no_name_breaks_a_wiki_link() -> None:
    authors = (Author("A [b]| #c^"), Author("[[]]"), Author("a\nb"))
    assert written("obsidian", replace(PLAIN, authors=authors))["author"] == ["[[A b c]]", "[[a b]]"]


def test_a_jekyll_post_is_laid_out_so() -> None:
    document = JekyllFormat().write(PLAIN)
    assert document.path == "_posts/2026-03-01-how-the-tides-turn.md"
    assert fields_of(document) == {
        "layout": "post",
        "title": "How the tides turn",
        "date": AT,
        "description": "Why the water comes back.",
        "excerpt": "Why the water comes back.",
        "authors": ["Ann Moor", "Harbour Desk"],
        "tags": ["tides", "C#", "CI/CD"],
        "image": "https://example.org/tide.png",
        "lang": "en",
        "render_with_liquid": False,
        "source_url": "https://example.org/tides",
        "source_name": "The Harbour Ledger",
        "bowerbird_id": "a1b2c3",
    }


@pytest.mark.parametrize(("generator", "key"), [("hexo", "disableNunjucks"), ("eleventy", "templateEngineOverride")])
def test_nunjucks_is_switched_off_where_it_would_read_the_body(generator: str, key: str) -> None:
    document = JekyllFormat().write(evil_articles()[0], {"generator": generator})
    assert key in fields_of(document)
    assert document.text.endswith(f"\n{evil_articles()[0].body}\n")


def test_a_date_of_change_has_the_name_that_its_generator_reads() -> None:
    article = replace(PLAIN, modified_at=AT)
    assert written("jekyll", article)["last_modified_at"] == AT
    assert written("jekyll", article, generator="hexo")["updated"] == AT


def test_a_tag_is_no_part_of_javascript() -> None:
    assert written("jekyll", replace(PLAIN, tags=("__proto__", "__init__")))["tags"] == ["proto", "__init__"]


def test_categories_are_the_profiles_as_they_are_part_of_an_address() -> None:
    assert "categories" not in written("jekyll", PLAIN)
    assert written("jekyll", PLAIN, categories=["links"])["categories"] == ["links"]


def test_terms_stand_under_the_taxonomies_that_zola_knows() -> None:
    assert written("zola", PLAIN)["taxonomies"] == {"tags": ["tides", "C#", "CI/CD"]}
    both = written("zola", PLAIN, taxonomies=["tags", "authors"])["taxonomies"]
    assert both["authors"] == ["Ann Moor", "Harbour Desk"]
    known = {"title", "description", "date", "updated", "draft", "template", "taxonomies", "extra"}
    assert set(written("zola", replace(PLAIN, modified_at=AT), template="x.html")) == known


@pytest.mark.parametrize("name", SITES)
def test_an_article_decides_on_no_address_and_no_template(name: str) -> None:
    for article in evil_articles():
        assert not RULING[name] & set(written(name, article))
        document = find_format(name).write(article)
        assert ".." not in document.path
        assert "/" not in document.path.removeprefix(
            {"jekyll": "_posts/", "astro": "src/content/blog/"}.get(name, "content/posts/")
        ).removesuffix("/index.md")


@pytest.mark.parametrize("name", SITES)
def test_a_page_of_the_future_is_dated_by_its_capture(name: str) -> None:
    captured = datetime(2026, 3, 2, tzinfo=UTC)
    key = "pubDate" if name == "astro" else "date"
    for said in (captured + timedelta(hours=1), captured.date(), date(2999, 1, 1)):
        fields = written(name, replace(PLAIN, published_at=said))
        assert fields[key] == captured
        kept = {**fields, **fields.get("extra", {})}
        assert said in (kept.get("source_date"), kept.get("sourceDate"))
    assert written(name, replace(PLAIN, published_at=None))[key] == captured
    assert written(name, replace(PLAIN, published_at=date(2026, 2, 1)))[key] == date(2026, 2, 1)


@pytest.mark.parametrize("name", SITES)
def test_a_date_keeps_its_offset(name: str) -> None:
    said = datetime(2026, 2, 1, 23, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    odd = said.replace(tzinfo=timezone(timedelta(hours=1, seconds=7)))
    assert "2026-02-01T23:30:00+05:45\n" in find_format(name).write(replace(PLAIN, published_at=said)).text
    assert "2026-02-01T22:29:53+00:00\n" in find_format(name).write(replace(PLAIN, published_at=odd)).text


@pytest.mark.parametrize("name", SITES)
def test_a_page_without_any_date_is_refused(name: str) -> None:
    with pytest.raises(MissingField, match="needs published_at or captured_at"):
        find_format(name).write(Article(url="https://example.org/a"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café au lait: 3 ways!", "café-au-lait-3-ways"),
        ("用树莓派记录气压", "用树莓派记录气压"),
        ("_index", "index"),
        ("../../x", "x"),
        ("CON", "con_"),
        ("a.fr", "a-fr"),
    ],
)
def test_a_slug_keeps_its_script_and_means_nothing(title: str, slug: str) -> None:
    assert find_format("hugo").write(replace(PLAIN, title=title)).path == f"content/posts/{slug}/index.md"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café", "cafe"),
        ("2024-01-02 Daily news", "20240102-daily-news"),
        ("用树莓派", HASH),
        ("2024年 review", f"2024-review-{HASH}"),
        ("Łódź", f"odz-{HASH}"),
    ],
)
def test_no_two_titles_are_one_address_to_zola(title: str, slug: str) -> None:
    assert find_format("zola").write(replace(PLAIN, title=title)).path == f"content/posts/{slug}/index.md"


def test_zola_looks_for_no_page_of_its_own() -> None:
    body = "[a](@/x.md) `[a](@/x.md)` (@/x)\n\n[b]: @/y.md"
    text = find_format("zola").write(replace(PLAIN, body=body)).text
    assert text.endswith("[a](./@/x.md) `[a](@/x.md)` (@/x)\n\n[b]: ./@/y.md\n")


def test_no_file_is_the_page_its_folder_is_named_for() -> None:
    article = replace(PLAIN, title="index")
    assert find_format("obsidian").write(article).path == "Clippings/Index.md"
    assert find_format("astro").write(article).path == f"src/content/blog/{HASH}.md"


@pytest.mark.parametrize("name", SITES)
def test_a_tag_is_no_longer_than_a_folders_name(name: str) -> None:
    fields = written(name, replace(PLAIN, tags=("长" * 300, f"a/{'x' * 300}")))
    tags = fields.get("taxonomies", fields)["tags"]
    assert tags == ["长" * 33, f"a/{'x' * 100}"]


@pytest.mark.parametrize("name", [*SITES, "obsidian"])
def test_a_body_has_one_kind_of_line_end(name: str) -> None:
    text = find_format(name).write(replace(PLAIN, body="a\r\nb\rc\n\r\n")).text
    assert text.endswith("\na\nb\nc\n")


def test_a_taxonomy_of_zola_has_a_name_that_toml_takes() -> None:
    with pytest.raises(BadOption, match="taxonomies"):
        find_format("zola").check({"taxonomies": ["my tags"]})


def test_an_unknown_option_is_refused() -> None:
    for name in (*SITES, "obsidian"):
        with pytest.raises(BadOption, match=f"format {name}"):
            find_format(name).check({"foldr": "x"})
