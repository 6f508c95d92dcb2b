import re
from pathlib import Path

import pytest

from storage.article import Article, Image
from storage.formats.text import TextFormat


def written(body: str, *, title: str = "T", images: tuple[Image, ...] = ()) -> str:
    text = TextFormat().write(Article(url="https://example.org/a", title=title, body=body, images=images)).text
    assert text.startswith(f"{title}\n\n")
    assert text.endswith("\n\n\n\n")
    return text.removeprefix(f"{title}\n\n").removesuffix("\n\n\n\n")


def markdown_of(text: str) -> str:
    """The Markdown of a page that such a text was made of; the dropped heading has its place back."""
    groups = text.removesuffix("\n\n\n\n").split("\n\n")[1:]
    lines = []
    for group in groups:
        if group.startswith("\n"):
            lines += ["## Conclusion", group.strip("\n")]
        elif "\n" in group:
            alt, caption = group.split("\n")
            lines.append(f'![{alt}](https://example.org/p.jpg "{caption}")')
        else:
            lines.append(group if re.search(r"[.!?]$", group) else f"## {group}")
    return "\n\n".join(lines)


def test_the_seed_is_written_byte_for_byte(shared: Path) -> None:
    seed = (shared / "formats/seeds/002_text.txt").read_bytes().decode()
    article = Article(url="https://example.org/a", title=seed.split("\n")[0], body=markdown_of(seed))
    document = TextFormat().write(article)
    assert document.text == seed
    assert document.path == "navigating-the-ai-job-market-opportunities-and-challenges.txt"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One **bold** and *it* and `code` and ~~gone~~.", "One bold and it and code and gone."),
        ("A [link](https://x.org) and <https://y.org>.", "A link and https://y.org."),
        ("two\nlines  \nand a third", "two lines and a third"),
        ("a   b\tc", "a b c"),
        ("## A *heading*\n\ntext", "A heading\n\ntext"),
        ("- one\n- two\n  - three\n\n1. four", "one\n\ntwo\n\nthree\n\nfour"),
        ("> quoted\n>\n> twice", "quoted\n\ntwice"),
        ('![alt](u "caption")', "alt\ncaption"),
        ("![alt](u)", "alt"),
        ("![](u 'caption')", "caption"),
        ("![](u)\n\ntext", "text"),
        ("words ![alt](u) around", "words around\n\nalt"),
        ("```py\na = 1\n\nb = 2\n```", "a = 1\nb = 2"),
        ("```\n\ndef f():\n    return 1  \n\n\tx\n```", "def f():\n    return 1\n\tx"),
        ("a\n\n      indented\n    code\n\nb", "a\n\n  indented\ncode\n\nb"),
        ("a\n\n```\n\n```\n\nb", "a\n\nb"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\n\nc | d"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("a\n\n## Conclusion\n\nb", "a\n\n\nb"),
        ("a\n\n## 5. Conclusions:\n\nb", "a\n\n\nb"),
        ("a\n\n## 总结\n\nb", "a\n\n\nb"),
        ("a\n\n## Conclusion of the war\n\nb", "a\n\nConclusion of the war\n\nb"),
        ("a\n\n## Fazit", "a"),
        ("<div>raw &amp; <b>html</b></div>", "raw & html"),
        ("<div><!-- a > b --> c <i>d</i></div>\n<!-- e", "c d"),
        ("a <b>b</b><br>c &lt; d", "a b c < d"),
    ],
)
def test_markdown_becomes_plain_paragraphs(markdown: str, expected: str) -> None:
    assert written(markdown) == expected


def test_a_caption_is_taken_from_the_articles_picture() -> None:
    images = (Image("https://example.org/p.jpg", caption="A  caption"),)
    assert written("![alt](https://example.org/p.jpg)", images=images) == "alt\nA caption"


def test_plain_text_is_used_where_there_is_no_markdown() -> None:
    article = Article(url="https://example.org/a", title="T", text="one\nline\n\n \n\ntwo * _raw_")
    assert TextFormat().write(article).text == "T\n\none line\n\ntwo * _raw_\n\n\n\n"


def test_markdown_made_to_be_slow_is_taken_as_plain_text() -> None:
    article = Article(url="https://example.org/a", title="T", body="![a" * 100_000, text="The *text*.")
    assert TextFormat().write(article).text == "T\n\nThe *text*.\n\n\n\n"


def test_no_line_ends_in_a_space(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        lines = TextFormat().write(Article(url="u", title=text, body=text)).text.split("\n")
        assert not any(line.endswith(" ") for line in lines)


def test_a_title_in_another_script_is_named_by_a_hash() -> None:
    path = TextFormat().write(Article(url="https://example.org/a", title="标题", text="t")).path
    assert re.fullmatch(r"[0-9a-f]{8}\.txt", path)


def test_a_caption_below_its_picture_is_written_once() -> None:
    body = "![A bridge](https://example.org/b.png)\n\n*It opens daily.*\n\nThe council voted."
    image = Image(url="https://example.org/b.png", alt="A bridge", caption="It opens daily.")
    article = Article(url="https://example.org/a", title="Bridge", body=body, images=(image,))
    assert TextFormat().write(article).text == "Bridge\n\nA bridge\nIt opens daily.\n\nThe council voted.\n\n\n\n"
