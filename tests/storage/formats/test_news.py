import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from storage.article import Article, Image, Moment, Related, Topic
from storage.formats.errors import BadOption, MissingField
from storage.formats.news import NewsFormat
from storage.formats.slug import slugify

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
AT = datetime(2024, 1, 31, 13, 57, tzinfo=UTC)


def loaded(text: str) -> dict[str, Any]:
    """The front matter as YAML reads it."""
    fields = yaml.load(text.removeprefix("---\n").removesuffix("---\n\n"), LOADER)
    assert isinstance(fields, dict)
    return fields


def article_of(text: str) -> Article:
    return NewsFormat().read(text, path="item.md")


def an_article(
    *,
    title: str = "T",
    excerpt: str = "",
    published_at: Moment | None = AT,
    captured_at: datetime | None = None,
    quality: int = 50,
    tags: tuple[str, ...] = (),
    images: tuple[Image, ...] = (),
    related: tuple[Related, ...] = (),
) -> Article:
    return Article(
        url="https://news.example.org/2024/t",
        title=title,
        excerpt=excerpt,
        published_at=published_at,
        captured_at=captured_at,
        quality=quality,
        tags=tags,
        images=images,
        related=related,
    )


def written(article: Article) -> dict[str, Any]:
    return loaded(NewsFormat().write(article).text)


def test_the_seed_is_written_byte_for_byte(shared: Path) -> None:
    seed = (shared / "formats/seeds/000_news.md").read_bytes().decode()
    article = article_of(seed)
    document = NewsFormat().write(article)
    assert document.text == seed
    assert document.path == "_news/2024-01-31-ai-new-projects-to-jumpstart-tech-hiring-in-2024.md"


def test_the_seeds_heat_comes_from_its_cluster(shared: Path) -> None:
    seed = (shared / "formats/seeds/000_news.md").read_bytes().decode()
    fields = loaded(seed)
    article = an_article(quality=fields["quality"], related=article_of(seed).related)
    assert written(article)["heat"] == -1
    assert written(article)["published"] is False


@pytest.mark.corpora
def test_every_example_of_the_canonical_variant_is_written_byte_for_byte(shared: Path) -> None:
    files = sorted((shared / "formats/examples/news").glob("*.md"))
    texts = {file.name: file.read_bytes().decode() for file in files}
    # Pictures with a title are a variant of 2019-20 that is read, never written.
    canonical = {
        name: text for name, text in texts.items() if not re.search(r"\n    title: ", text.split("\nrelated:")[0])
    }
    assert len(canonical) > 200
    differing = [name for name, text in canonical.items() if NewsFormat().write(article_of(text)).text != text]
    assert differing == []


@pytest.mark.corpora
def test_an_examples_file_keeps_its_slug(shared: Path) -> None:
    files = sorted((shared / "formats/examples/news").glob("*.md"))
    differing = [file.name for file in files if file.stem[11:] != slugify(loaded(file.read_text("utf-8"))["title"])]
    assert differing == []


@pytest.mark.parametrize(
    ("published_at", "expected"),
    [
        (AT, "2024-01-31T13:57:00Z"),
        (AT.astimezone(timezone(timedelta(hours=8))), "2024-01-31T13:57:00Z"),
        (AT.replace(microsecond=999999), "2024-01-31T13:57:00Z"),
        (date(2024, 1, 31), "2024-01-31T00:00:00Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), "0001-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_written_in_utc(published_at: Moment, expected: str) -> None:
    document = NewsFormat().write(an_article(published_at=published_at))
    assert f"\npublishedDateTime: {expected}\n" in document.text
    assert document.path.startswith(f"_news/{expected[:10]}-")


def test_an_article_without_a_date_is_dated_by_its_capture() -> None:
    text = NewsFormat().write(an_article(published_at=None, captured_at=AT)).text
    assert "publishedDateTime: 2024-01-31T13:57:00Z" in text


def test_an_article_without_any_date_is_refused() -> None:
    with pytest.raises(MissingField, match="publishedDateTime"):
        NewsFormat().write(an_article(published_at=None))


def test_a_long_excerpt_is_cut_at_a_word_near_300_characters() -> None:
    excerpt = written(an_article(excerpt="seven77 " * 100))["excerpt"]
    assert 290 <= len(excerpt) <= 300
    assert excerpt.endswith("seven77")
    assert written(an_article(excerpt="字 " + "字" * 400))["excerpt"] == "字 " + "字" * 298
    assert written(an_article(excerpt="x" * 300))["excerpt"] == "x" * 300


def test_only_large_pictures_of_known_size_are_shown() -> None:
    images = (
        Image("unknown"),
        Image("small", 199, 500),
        Image("large", 200, 200, is_cached=True),
        Image("x", 900, 900),
    )
    assert written(an_article(images=images))["images"] == [
        {"url": "large", "width": 200, "height": 200, "isCached": True}
    ]
    assert "images" not in written(an_article(images=images[:2]))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tags": ("b", " ", "a"), "topics": (Topic("AI"),)}, ["b", "a"]),
        ({"topics": (Topic("AI"), Topic("1e3")), "category": "c"}, ["AI", "1e3"]),
        ({"category": "c", "source": "s"}, ["c"]),
        ({"source": "s"}, ["s"]),
        ({}, ["News"]),
    ],
)
def test_there_is_always_a_topic(fields: dict[str, Any], expected: list[str]) -> None:
    assert written(Article(url="https://x.org/", published_at=AT, **fields))["topics"] == expected


def a_member(quality: int, *, url: str = "https://z.org/", published_at: Moment | None = AT) -> Related:
    return Related("R", url, quality=quality, published_at=published_at)


@pytest.mark.parametrize(
    ("quality", "members", "heat"),
    [
        (69, (), 69),
        (70, (), 70),
        (50, (a_member(50), a_member(10)), 90),
        (50, (a_member(51),), -1),
        (50, (a_member(50, published_at=date(2020, 1, 1)),), -1),
        (50, (a_member(50, url="https://a.org/"),), -1),
        (50, (a_member(50, published_at=None),), 70),
    ],
)
def test_heat_follows_from_the_cluster(quality: int, members: tuple[Related, ...], heat: int) -> None:
    fields = written(an_article(quality=quality, related=members))
    assert fields["heat"] == heat
    assert fields["published"] is (heat >= 70)


def test_related_items_are_ordered_by_quality() -> None:
    fields = written(an_article(related=(a_member(10), a_member(90), a_member(50))))
    assert [each["quality"] for each in fields["related"]] == [90, 50, 10]


def test_a_video_is_shown_in_a_frame_and_has_no_web_address() -> None:
    article = Article(url="https://www.youtube.com/watch?v=WJk-Y8LQlfE&t=3", type="video", published_at=AT)
    fields = written(article)
    assert fields["originalUrl"] == "https://youtube.com/watch?v=WJk-Y8LQlfE"
    assert "/embed/WJk-Y8LQlfE" in fields["featuredContent"]
    assert "webUrl" not in fields


def test_a_video_we_cannot_show_is_linked_to() -> None:
    fields = written(Article(url="https://video.example.org/1", type="video", published_at=AT))
    assert (fields["type"], fields["webUrl"]) == ("article", "https://video.example.org/1")


def test_fields_without_a_value_are_left_out() -> None:
    fields = written(an_article())
    assert not {"ampWebUrl", "cdnAmpWebUrl", "featuredContent", "images", "related", "secured", "removed"} & set(fields)
    assert fields["excerpt"] == ""
    assert fields["provider"] == {"name": "news.example.org", "domain": "news.example.org"}


def test_a_tombstone_that_was_read_stands_before_published() -> None:
    article = Article(url="https://x.org/", published_at=AT, extra={"news": {"removed": True, "published": False}})
    assert "\nremoved: true\npublished: false\n" in NewsFormat().write(article).text


def test_a_title_in_another_script_is_named_by_a_hash() -> None:
    path = NewsFormat().write(an_article(title="放眼2024")).path
    assert path == "_news/2024-01-31-2024.md"
    assert re.fullmatch(r"_news/2024-01-31-[0-9a-f]{8}\.md", NewsFormat().write(an_article(title="标题")).path)
    assert len(NewsFormat().write(an_article(title="x" * 1000)).path.encode()) < 255


def test_an_unknown_option_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadOption, match="Did you mean 'folder'"):
        NewsFormat().check({"foldr": "x"})


def test_an_item_without_an_excerpt_has_the_beginning_of_its_text() -> None:
    article = Article(
        url="https://x.org/", published_at=AT, body="## H\n\nSome *marked* [words](y).\n\n![](z)\n\nMore."
    )
    assert written(article)["excerpt"] == "H Some marked words. More."
    assert written(Article(url="https://x.org/", published_at=AT, text="a\n\nb"))["excerpt"] == "a b"
    assert written(Article(url="https://x.org/", published_at=AT))["excerpt"] == ""
