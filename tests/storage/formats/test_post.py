import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from storage.article import Article
from storage.formats.post import PostFormat
from storage.formats.post_words import clean_category, clean_tags, clean_title, tag_lines

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loaded(text: str) -> dict[str, Any]:
    """The front matter as YAML reads it."""
    fields = yaml.load(text.removeprefix("---\n").split("\n---\n")[0], LOADER)
    assert isinstance(fields, dict)
    return fields


def article_of(text: str) -> Article:
    return PostFormat().read(text, path="post.md")


def page_of(text: str) -> tuple[str, str]:
    """The h1 and the main HTML of a page as it was mirrored."""
    page = BeautifulSoup(text.split("\n---\n", 1)[1], "html.parser")
    heading, content = page.select_one("h1#articleContentId"), page.select_one("#content_views")
    assert isinstance(heading, Tag)
    assert isinstance(content, Tag)
    return heading.get_text().strip(), content.decode_contents()


def test_the_seed_is_written_byte_for_byte(shared: Path) -> None:
    seed = (shared / "formats/seeds/003_post.md").read_bytes().decode()
    document = PostFormat().write(article_of(seed))
    assert document.text == seed
    assert document.path == "content/posts/2024-06-03-139413056.md"


def test_the_seed_is_made_from_its_own_page(shared: Path) -> None:
    seed = (shared / "formats/seeds/003_post.md").read_bytes().decode()
    title, html = page_of((shared / "formats/examples/post-pairs/2024-06-03-139413056.html").read_bytes().decode())
    article = replace(article_of(seed), title=title, html=html, body="", extra={})
    assert PostFormat().write(article).text == seed


@pytest.mark.corpora
def test_every_example_is_written_byte_for_byte(shared: Path) -> None:
    files = sorted((shared / "formats/examples/post").glob("*.md"))
    assert len(files) > 200
    for file in files:
        text = file.read_bytes().decode()
        document = PostFormat().write(article_of(text))
        assert document.text == text, file.name
        assert document.path == f"content/posts/{file.name}"


@pytest.mark.corpora
def test_pages_are_converted_as_the_mirror_did(shared: Path) -> None:
    pages = sorted((shared / "formats/examples/post-pairs").glob("*.html"))
    assert len(pages) == 60
    differing = [page.stem for page in pages if body_of(page) != page.with_suffix(".md").read_bytes().decode()]
    assert differing == ["2022-05-02-124549083"]  # edited by hand


def body_of(page: Path) -> str:
    """The file of a page with the front matter that the mirror gave it."""
    text = PostFormat().write(article_of(page.read_bytes().decode())).text
    expected = page.with_suffix(".md").read_bytes().decode()
    return expected.partition("\n---\n\n")[0] + "\n---\n\n" + text.partition("\n---\n\n")[2]


def a_post(
    *,
    url: str = "https://example.org/a",
    title: str = "T",
    tags: tuple[str, ...] = (),
    html: str = "",
    body: str = "B",
) -> Article:
    return Article(url=url, title=title, tags=tags, html=html, body=body, published_at=date(2024, 6, 3))


def written(article: Article) -> dict[str, Any]:
    return loaded(PostFormat().write(article).text)


def test_a_post_with_the_least_has_all_thirteen_fields() -> None:
    fields = written(a_post())
    assert len(fields) == 13
    assert (fields["categories"], fields["tags"]) == (["未分类"], ["无标签"])
    assert (fields["description"], fields["keywords"]) == ("", "")
    assert PostFormat().write(a_post()).text.split("\n---\n")[1] == "\n# T\n\nB"


def test_times_are_chinas_and_a_date_stays_the_day() -> None:
    assert "\ndate: 2024-06-03 00:00:00 +08:00\n" in PostFormat().write(a_post()).text
    late = Article(url="https://example.org/details/7", published_at=datetime(2024, 6, 3, 20, 1, 2, tzinfo=UTC))
    document = PostFormat().write(late)
    assert "\ndate: 2024-06-04 04:01:02 +08:00\n" in document.text
    assert document.path == "content/posts/2024-06-04-7.md"


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://blog.example.org/x/article/details/139413056", "139413056"),
        ("https://example.org/2024/06/12345/a-story-678", "12345"),
        ("https://example.org/706070/", "706070"),
        ("https://example.org/1234567890", None),
        ("https://example.org/story", None),
    ],
)
def test_the_number_comes_from_the_address(url: str, number: str | None) -> None:
    artid = written(a_post(url=url))["artid"]
    assert artid == number if number else re.fullmatch(r"[0-9]{9}", artid)
    assert artid == written(a_post(url=url))["artid"]


def test_an_article_without_an_address_is_numbered_by_its_words() -> None:
    one, other = (written(a_post(url="", body=body)) for body in ("B", "C"))
    assert one["arturl_encode"] == other["arturl_encode"] == ""
    assert one["artid"] != other["artid"]


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("放眼2024年招聘现状，哪个行业最吃香？", "放眼2024年招聘现状,哪个行业最吃香"),
        (" a -- b  c: 《d》 v1.5 ", "a-b-c-d-v1.5"),
        ("100%", "100"),
    ],
)
def test_a_title_is_cleaned(title: str, cleaned: str) -> None:
    assert clean_title(title) == cleaned


def test_tags_are_split_cased_and_sorted_from_the_highest() -> None:
    tags = ("5g", "spring boot", ".Net", "c++", "人工智能", "spring", "AI-agent")
    assert clean_tags(tags) == ("人工智能", "Spring", "C", "Boot", "Ai", "Agent", "5G", ".Net")


@pytest.mark.parametrize(
    ("last", "layout"),
    [
        (54, "tags: ['b', '{}']\n"),
        (65, "tags: ['b', '{}']\n"),
        (66, 'tags:  ["b", "{}"]\n'),
        (69, 'tags:  ["b", "{}"]\n'),
        (70, 'tags:  [\n    "b",\n    "{}"\n  ]\n'),
    ],
)
def test_the_layout_of_tags_depends_on_their_width(last: int, layout: str) -> None:
    # `tags: ["b", "…"]` is 15 columns and the last tag.
    assert tag_lines(("b", "a" * last)) == layout.format("a" * last)
    if last % 2 == 0:
        assert tag_lines(("b", "标" * (last // 2))) == layout.format("标" * (last // 2))


def test_a_category_loses_digits_and_symbols() -> None:
    assert [clean_category([name]) for name in ("stm32", "C++", "123", "machine learning")] == [
        "Stm",
        "C",
        "未分类",
        "Machine Learning",
    ]


def test_html_is_converted_with_its_language_and_an_escaped_title() -> None:
    html = '<p>a<br>b</p><pre><code class="prism language-py x">x = 1</code></pre><script>no()</script>'
    text = PostFormat().write(a_post(title="<b> {content} & a_b", html=html)).text
    assert text.split("\n---\n")[1].startswith("\n# <b> {content} & a\\_b\n\na\n  \nb\n\n```py\n")


def test_html_nested_too_deep_gives_way_to_the_markdown() -> None:
    for count in (500, 3000):
        html = "<b>" * count + "x" + "</b>" * count
        assert PostFormat().write(a_post(html=html)).text.endswith("\n# T\n\nB")


def test_picture_addresses_can_be_set() -> None:
    options = {"image_url": "https://i.example.org/{artid}.jpg?{x}", "featured_url": "/f/{artid}", "folder": "_posts"}
    document = PostFormat().write(a_post(url="https://x.org/4321"), options)
    fields = loaded(document.text)
    assert fields["image"] == {"path": "https://i.example.org/4321.jpg?{x}", "alt": "T"}
    assert fields["featuredImage"] == fields["featuredImagePreview"] == "/f/4321"
    assert document.path == "_posts/2024-06-03-4321.md"
