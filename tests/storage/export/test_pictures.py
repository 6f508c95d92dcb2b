from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from storage.article import Article, Image
from storage.export.addresses import html_addresses, markdown_addresses
from storage.export.folder import Folder
from storage.export.picture_place import picture_name, picture_place
from storage.export.picture_shelf import open_shelf
from storage.export.pictures import pictures_of, placed
from storage.formats.format import Document
from storage.formats.registry import find_format

A, B, C = (f"https://x.org/{name}.png" for name in "abc")
PNG, GIF = b"\x89PNG\r\n\x1a\n one", b"GIF89a two"

MARKDOWN = f"""# A ![in a heading]({A}) ##

![a]({A} "title") and `![code]({A})` and [![linked](<{A}>)](https://x.org/)
next line \\![escaped]({A}) ![c](
{A} )

> ![quoted]({A})
> lazy ![twice]({A}) and ![twice]({A})

- item ![l]({A})
   1. \tsub ![l2]({A})

| one | ![head]({A}) |
|---|---|
| ![x]({A}) | ![x]({A}) |

```
![fence]({A})
```

    ![indented]({A})

<!-- ![comment]({A}) -->

![elsewhere][1] ![alt ![inner]({A}) text]({A}) ![other]({B})

[1]: {A}
"""


def test_a_picture_is_replaced_where_markdown_shows_one_and_nowhere_else() -> None:
    article = placed(Article(url="https://x.org/", body=MARKDOWN), {A: "p.png"})
    untouched = {
        f"`![code]({A})`": 1,
        f"\\![escaped]({A})": 1,
        f"![fence]({A})": 1,
        f"![indented]({A})": 1,
        f"<!-- ![comment]({A}) -->": 1,
        f"[1]: {A}": 1,
        f"![inner]({A})": 1,
    }
    for text, count in untouched.items():
        assert article.body.count(text) == count, text
    assert article.body.count(A) == sum(untouched.values())
    assert article.body.replace("p.png", A).replace(f"[![linked]({A})]", f"[![linked](<{A}>)]") == MARKDOWN
    assert article.body.count("(p.png") + article.body.count("\np.png )") == MARKDOWN.count(A) - len(untouched)
    assert f"![other]({B})" in article.body


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_move_a_picture(line_end: str) -> None:
    body = MARKDOWN.replace("\n", line_end)
    changed = placed(Article(url="u", body=body), {A: "p.png"}).body
    assert changed.replace(line_end, "\n") == placed(Article(url="u", body=MARKDOWN), {A: "p.png"}).body


def test_the_sources_of_images_in_html_are_replaced_and_nothing_else() -> None:
    url = f"{A}?a=1&b=2"
    raw = url.replace("&", "&amp;")
    html = (
        f'<p title="<img src=\'{url}\'>">{url}<img alt="src=\'x\' >" src="{raw}" width="3"><IMG SRC=\'{url}\'/>'
        f'<a href="{raw}">x</a></p>\n<pre><code>&lt;img src="{raw}"&gt;</code></pre>\n<img src={B}><img><img src="">'
    )
    changed = placed(Article(url="u", html=html), {url: 'p "1".png'}).html
    assert changed == html.replace(f'src="{raw}" width', 'src="p &quot;1&quot;.png" width').replace(
        f"<IMG SRC='{url}'/>", '<IMG SRC="p &quot;1&quot;.png"/>'
    )
    assert [address.url for address in html_addresses(html)] == [url, url, B]


def test_the_pictures_of_an_article_are_those_it_shows_each_once() -> None:
    article = Article(
        url="u",
        images=(Image(A), Image("data:image/png;base64,xx")),
        body=f"![a]({A})\n\n![b]({B})\n\n![d](data:x) ![r](/r.png)",
        html=f'<img src="{C}"><img src="{B}"><img src="r.png">',
    )
    assert pictures_of(article) == (A, B, C)


def test_an_article_gets_files_for_lead_pictures_too_and_keeps_all_else() -> None:
    article = Article(url="u", title="T", images=(Image(A, 3, 4, "alt"), Image(B)), body=f"![a]({A})", text="t")
    shown = placed(article, {A: "a.png"})
    assert shown == replace(article, images=(Image(A, 3, 4, "alt", file="a.png"), Image(B)), body="![a](a.png)")
    assert placed(article, {}) == article


def test_an_address_that_markdown_would_misread_stands_in_brackets() -> None:
    shown = placed(Article(url="u", body=f"![a]({A})"), {A: "../my files/(1).png"})
    assert shown.body == "![a](<../my files/(1).png>)"
    assert [address.url for address in markdown_addresses(shown.body)] == ["../my files/(1).png"]


PICTURES = [f"![a]({A})", f"`![a]({A})`", f"![a](<{A}> 't')"]
BLOCKS = ["> ", "- ", "1. ", "\n", "\n\n", "\r\n", "    ", "\t", "```\n", "# ", " #", "\n|---|---|\n", "|"]
INLINES = ["`", "a", "\\", "[", "](", ")", "<!--", "-->", "*", "é", "\u00a0", "\\|", "![", "<b>"]
PIECES = st.sampled_from([*PICTURES, *BLOCKS, *INLINES])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_the_markdown_only_pictures_change(body: str) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    changed = placed(Article(url="u", body=body), {A: "p.png"}).body
    expected = parser.render(body)
    assert parser.render(changed).replace('<img src="p.png"', f'<img src="{A}"') == expected
    if "|" not in body:
        assert f'<img src="{A}"' not in parser.render(changed)


def test_thousands_of_open_brackets_take_no_time() -> None:
    assert markdown_addresses("![" * 50_000 + f"![a]({A})") == []
    assert len(markdown_addresses(f"![a]({A})\n\n" * 2000)) == 2000


@pytest.mark.parametrize(
    ("format_name", "document", "path", "address"),
    [
        ("hugo", "content/posts/a-b/index.md", "content/posts/a-b/N", "N"),
        ("zola", "content/posts/a-b/index.md", "content/posts/a-b/N", "N"),
        ("jekyll", "_posts/2024-01-01-a.md", "assets/images/N", "/assets/images/N"),
        ("astro", "src/content/blog/a.md", "src/content/blog/images/N", "./images/N"),
        ("obsidian", "Clippings/A b.md", "attachments/N", "../attachments/N"),
        ("note", "contents/Blog post/a.md", "attachments/N", "../../attachments/N"),
        ("post", "content/posts/2024-01-01-1.md", "attachments/N", "../../attachments/N"),
        ("template", "a.md", "attachments/N", "attachments/N"),
    ],
)
def test_each_format_has_its_place_for_pictures(format_name: str, document: str, path: str, address: str) -> None:
    place = picture_place("N", document=document, format_name=format_name)
    assert (place.path, place.address) == (path, address)


def test_a_name_comes_from_the_bytes_and_is_there_for_pictures_only() -> None:
    name = picture_name(PNG)
    assert name == picture_name(PNG)
    assert name is not None
    assert name.endswith(".png")
    assert len({picture_name(PNG), picture_name(PNG + b"!"), picture_name(GIF)}) == 3
    assert picture_name(b"<svg/>") is None


@pytest.mark.parametrize("format_name", ["hugo", "zola", "jekyll", "astro", "obsidian", "post"])
def test_a_second_export_fetches_nothing_and_shows_the_same(format_name: str, tmp_path: Path) -> None:
    article = Article(
        url="https://x.org/1234",
        title="T",
        published_at=date(2024, 1, 1),
        captured_at=None,
        images=(Image(A),),
        body=f"Text ![a]({A}) ![b]({B}) ![c]({C})",
        html=f'<p>Text <img src="{A}" alt="a"> <img src="{B}" alt="b"> <img src="{C}" alt="c"></p>',
    )

    def export(pictures: dict[str, bytes]) -> tuple[list[str], Document, list[str]]:
        with Folder(tmp_path) as folder:
            shelf = open_shelf(folder, profile_name="site")
            missing = shelf.missing([article])
            for url in missing:
                shelf.put(url, pictures[url])
            name = find_format(format_name).write(article).path
            shown = shelf.show(article, document=name, format_name=format_name)
            document = find_format(format_name).write(shown.article)
            copied = shelf.lay_out(shown.names, document=name, format_name=format_name)
            shelf.save()
            return missing, document, list(copied)

    missing, document, copied = export({A: PNG, B: GIF, C: b"<svg/>"})
    assert missing == [A, B, C]
    assert [(tmp_path / path).read_bytes() for path in sorted(copied)] == sorted([PNG, GIF], key=name_order)
    assert A not in document.text
    assert B not in document.text
    assert C in document.text
    assert export({}) == ([], document, copied)
    for path in copied:
        assert Path(path).name in document.text


def name_order(content: bytes) -> str:
    return picture_name(content) or ""


def test_pictures_of_the_same_bytes_are_one_file(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        shelf = open_shelf(folder, profile_name="site")
        assert shelf.put(A, PNG)
        assert shelf.put(B, PNG)
        shown = shelf.show(Article(url="u", body=f"![a]({A}) ![b]({B})"), document="n.md", format_name="obsidian")
        assert len(shelf.lay_out(shown.names, document="n.md", format_name="obsidian")) == 1


def test_what_was_refused_is_not_asked_for_again_until_it_comes(tmp_path: Path) -> None:
    article = Article(url="u", body=f"![a]({A}) ![b]({B})")
    with Folder(tmp_path) as folder:
        shelf = open_shelf(folder, profile_name="site")
        shelf.refuse(A, "it is not there")
        assert not shelf.put(B, b"<html>")
        shelf.save()
        assert open_shelf(folder, profile_name="site").missing([article]) == []
        assert open_shelf(folder, profile_name="other").missing([article]) == [A, B]
        shelf.put(A, PNG)
        shelf.save()
        shelf = open_shelf(folder, profile_name="site")
        assert "attachments/" in shelf.show(article, document="n.md", format_name="note").article.body


def test_a_picture_that_lies_there_is_not_written_over(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        shelf = open_shelf(folder, profile_name="site")
        shelf.put(A, PNG)
        shown = shelf.show(Article(url="u", body=f"![a]({A})"), document="n.md", format_name="obsidian")
        (path,) = shelf.lay_out(shown.names, document="n.md", format_name="obsidian")
        (tmp_path / path).write_bytes(b"a person's crop of it")
        shelf.lay_out(shown.names, document="n.md", format_name="obsidian")
        assert (tmp_path / path).read_bytes() == b"a person's crop of it"


def test_what_was_removed_is_fetched_again(tmp_path: Path) -> None:
    article = Article(url="u", body=f"![a]({A})")
    with Folder(tmp_path) as folder:
        shelf = open_shelf(folder, profile_name="site")
        shelf.put(A, PNG)
        shown = shelf.show(article, document="n.md", format_name="obsidian")
        for kept in (tmp_path / ".bowerbird/pictures").iterdir():
            kept.unlink()
        assert shelf.lay_out(shown.names, document="n.md", format_name="obsidian") == {}
        assert shelf.missing([article]) == [A]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 2}', b"\xff", b'{"names": {"u": "../../etc/passwd"}}']
)
def test_a_broken_list_is_no_list_and_leads_nowhere(content: bytes, tmp_path: Path) -> None:
    article = Article(url="u", body=f"![a]({A})", images=(Image("u"),))
    with Folder(tmp_path) as folder:
        folder.publish(".bowerbird/site.pictures.json", content)
        shelf = open_shelf(folder, profile_name="site")
        assert shelf.missing([article]) == [A]
        assert shelf.show(article, document="n.md", format_name="obsidian").names == ()
