import difflib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from crawler.extract.sites.registry import find_site, shipped_sites
from storage.article import Article, Author, Origin
from storage.formats.post import PostFormat
from storage.verdict import Verdict
from tests.crawler.extract.csdn_page import TODAY_TIME, CsdnPage, block

CHINA = timezone(timedelta(hours=8))
POSTED = datetime(2024, 6, 3, 14, 32, 38, tzinfo=CHINA)
# A person's edit of the mirror; a row of tags in the page's head; a line that the mirror itself had added.
NOT_AS_THE_MIRROR = {"2022-05-02-124549083", "2022-03-07-123284856", "2022-03-10-123407049"}


def read(page: CsdnPage, *, url: str = "") -> Article:
    extraction = extract_page(RawPage(html=page.html().encode(), url=url or page.url))
    assert extraction.verdict is Verdict.CAPTURED, extraction.reason
    assert extraction.article is not None
    return replace(extraction.article, captured_at=datetime(2026, 1, 1, tzinfo=UTC))


def post_of(article: Article) -> tuple[dict[str, Any], str]:
    """The front matter and the body of the article as a post."""
    front, body = PostFormat().write(article).text.removeprefix("---\n").split("\n---\n\n", 1)
    return yaml.safe_load(front), body


@pytest.mark.corpora
def test_pages_around_the_mirrored_articles_give_the_mirrors_bodies(shared: Path) -> None:
    pairs = sorted((shared / "formats/examples/post-pairs").glob("*.html"))
    assert len(pairs) == 60
    different: dict[str, str] = {}
    for pair in pairs:
        page = CsdnPage(block=pair.read_bytes().decode().split("\n---\n", 1)[1], tags=("标签",), columns=("专栏",))
        expected = pair.with_suffix(".md").read_bytes().decode().split("\n---\n", 1)[1].strip()
        _, body = post_of(read(page))
        if body != expected:
            different[pair.stem] = "\n".join(difflib.unified_diff(expected.split("\n"), body.split("\n"), n=0))
    assert set(different) == NOT_AS_THE_MIRROR, different


def test_the_seed_comes_out_of_a_page_in_full(shared: Path) -> None:
    seed = (shared / "formats/seeds/003_post.md").read_bytes().decode()
    pair = (shared / "formats/examples/post-pairs/2024-06-03-139413056.html").read_bytes().decode()
    fields = yaml.safe_load(seed.removeprefix("---\n").split("\n---\n")[0])
    page = CsdnPage(
        block=pair.split("\n---\n", 1)[1],
        url="https://blog.csdn.net/2401_85343303/article/details/139413056",
        description=fields["description"] + "还有更多的字",
        keywords=fields["keywords"],
        tags=("langchain", "人工智能", "python", "开发语言", "数据分析", "机器学习", "深入学习"),
    )
    assert PostFormat().write(read(page)).text == seed


def test_a_rule_is_found_by_the_address_of_an_article() -> None:
    assert find_site("https://blog.csdn.net/u_1/article/details/12?spm=1") in shipped_sites()
    assert find_site("https://u1.blog.csdn.net/article/details/12") in shipped_sites()
    for other in ("https://blog.csdn.net/u_1", "https://example.org/u_1/article/details/12", "", "http://["):
        assert find_site(other) is None
    assert find_site("https://example.org/?u=https://blog.csdn.net/u_1/article/details/12") is None


def test_what_the_rule_finds_is_said_to_come_from_it() -> None:
    article = read(CsdnPage(block=block(), tags=("c++", "网络"), columns=("C++基础知识分享", "另一个")))
    assert (article.title, article.authors, article.published_at) == ("标题", (Author("某人"),), POSTED)
    assert (article.tags, article.categories) == (("c++", "网络"), ("C++基础知识分享", "另一个"))
    assert article.category == "C++基础知识分享"
    fields = ("title", "authors", "published_at", "tags", "categories", "excerpt")
    assert {article.origins[field] for field in fields} == {Origin("site")}


@pytest.mark.parametrize("is_of_today", [False, True])
def test_tags_and_columns_are_told_apart_in_each_layout(is_of_today: bool) -> None:
    page = CsdnPage(block=block(), tags=("dma-buf", "内存"), columns=("DRM (一)",), is_of_today=is_of_today)
    fields, _ = post_of(read(page))
    assert (fields["tags"], fields["categories"]) == (["内存", "Dma", "Buf"], ["Drm 一"])


def test_a_page_without_tags_and_columns_has_none_whatever_its_keywords() -> None:
    article = read(CsdnPage(block=block(), keywords="一个,两个"))
    fields, _ = post_of(article)
    assert (article.tags, article.categories) == ((), ())
    assert (fields["tags"], fields["categories"], fields["keywords"]) == (["无标签"], ["未分类"], "一个,两个")


@pytest.mark.parametrize(
    "text",
    ["    前几天\t说起  一事&amp;nbsp; ", "一\n\n  二", '"引" & <b>粗</b> &lt;p&gt;', "很长" * 60, "\u3000全角", ""],
)
def test_description_and_keywords_are_the_pages_to_the_letter(text: str) -> None:
    content = text.replace('"', "&quot;")
    fields, _ = post_of(read(CsdnPage(block=block(), description=content, keywords=f"{content}, {content},,")))
    plain = unescape(text)
    assert fields["description"] == plain[:50]
    assert fields["keywords"] == f"{plain}, {plain},,"


def test_a_page_without_meta_elements_has_neither() -> None:
    fields, _ = post_of(read(CsdnPage(block=block(), description="", keywords="")))
    assert (fields["description"], fields["keywords"]) == ("", "")


@pytest.mark.parametrize(
    ("time", "script"),
    [
        ('<span class="time">于&nbsp;2024-06-03 14:32:38&nbsp;发布</span>', ""),
        ('<span class="time">2024年06月03日 14:32:38</span>', ""),
        (TODAY_TIME.format("2024-06-03 14:32:38"), ""),
        ('<span class="time">最新推荐文章于 2031-01-01 00:00:00 发布</span>', 'var postTime = "2024-06-03 14:32:38"'),
        (
            '<span class="time">已于&nbsp;2030-11-11 15:18:18&nbsp;修改</span>'
            '<div class="up-time"><span>于&nbsp;2024-06-03 14:32:38&nbsp;首次发布</span></div>',
            "",
        ),
    ],
)
def test_the_time_of_publication_is_chinas_in_each_layout(time: str, script: str) -> None:
    article = read(CsdnPage(block=block(), time=time, script=script))
    assert (article.published_at, article.origins["published_at"]) == (POSTED, Origin("site"))
    assert "\ndate: 2024-06-03 14:32:38 +08:00\n" in PostFormat().write(article).text


def test_a_later_change_is_no_publication() -> None:
    article = read(CsdnPage(block=block(), time='<span class="time">已于&nbsp;2022-11-11 15:18:18&nbsp;修改</span>'))
    assert article.modified_at == datetime(2022, 11, 11, 15, 18, 18, tzinfo=CHINA)
    assert article.origins.get("published_at") != Origin("site")


def test_the_time_of_a_recommendation_is_a_guess() -> None:
    time = '<span class="time">最新推荐文章于&nbsp;2024-06-03 14:32:38&nbsp;发布</span>'
    article = read(CsdnPage(block=block(), time=time))
    assert (article.published_at, article.origins["published_at"]) == (POSTED, Origin("site", "guess"))


def test_an_address_loses_what_a_visitors_way_added() -> None:
    page = CsdnPage(block=block()).html().replace('<link rel="canonical"', '<link rel="x"').encode()
    url = "https://blog.csdn.net/someone/article/details/139413056"
    article = extract_page(RawPage(html=page, url=f"{url}?spm=1001.2101#comments")).article
    assert article is not None
    assert article.best_url == url


def test_the_heading_stands_once_and_code_keeps_its_language() -> None:
    main = (
        "<h1>标题</h1><p>一<svg><path></path></svg>二</p><p>正文的第一段,字数足够多,可以算是一篇文章。</p>"
        '<pre data-index="0"><code class="prism language-cpp has-numbering"><span class="token">int</span> a;\n  b;\n'
        '</code><div class="hljs-button signin" data-title="登录后复制">复制</div>'
        '<ul class="pre-numbering"><li>1</li><li>2</li></ul></pre><ol start="3"><li>三</li></ol>'
    )
    article = read(CsdnPage(block=block(main=main)))
    _, body = post_of(article)
    assert body.count("# 标题\n") == 2  # the host's own h1, and the one that the author wrote below it
    assert "\n一\n\n二\n" in body  # a drawing is gone, its place is not
    assert "\n```cpp\nint a;\n  b;\n\n```\n" in body
    assert body.endswith("\n3. 三")
    assert "标题" not in article.body
    assert "```cpp\nint a;\n  b;\n```" in article.body
    for text in (article.body, article.text, article.html):
        assert "复制" not in text
        assert "另一篇" not in text


def test_links_within_the_page_stay_and_all_others_become_absolute() -> None:
    main = (
        '<p>正文的第一段,字数足够多,可以算是一篇文章。<a href="#one">目录</a> <a href="/x">别处</a></p>'
        '<p><img src="//i.csdnimg.cn/a.png" alt="图"> '
        '<img data-src="https://i.csdnimg.cn/b.png" src="data:image/gif;,"></p>'
    )
    article = read(CsdnPage(block=block(main=main)))
    _, body = post_of(article)
    for link in ("[目录](#one)", "[别处](https://blog.csdn.net/x)", "![图](https://i.csdnimg.cn/a.png)"):
        assert link in body
    assert [image.url for image in article.images] == ["https://i.csdnimg.cn/a.png", "https://i.csdnimg.cn/b.png"]


def test_a_hostile_main_text_is_made_safe() -> None:
    main = (
        '<p onclick="x()">正文的第一段,字数足够多,可以算是一篇文章。</p><script>alert(1)</script><style>p{}</style>'
        '<a href="javascript:alert(2)">a</a><iframe src="https://evil.example/"></iframe><img src=x onerror="alert(3)">'
        '<svg onload="alert(4)"><script>alert(5)</script></svg><form action="/"><input name=p></form>'
        "<math><mi>z</mi></math>"
        '<code class="language-x&quot;onload=alert(6) evil">c</code>'
        '<pre class="alert"><code class="language-py a">d</code></pre>'
    )
    html = read(CsdnPage(block=block(main=main))).html
    for word in (
        "alert",
        "onclick",
        "onerror",
        "onload",
        "javascript",
        "script",
        "style",
        "iframe",
        "svg",
        "form",
        "evil",
    ):
        assert word not in html
    assert '<code class="language-py">d</code>' in html


def test_a_page_of_the_host_without_the_block_is_read_like_any_other() -> None:
    words = "<p>" + "这里是一段普通的文字,说明这一页的布局已经完全改变了,没有人认识它。" * 6 + "</p>"
    page = f"<html><head><title>新布局</title></head><body><article><h1>新布局</h1>{words * 3}</article></body></html>"
    article = extract_page(
        RawPage(html=page.encode(), url="https://blog.csdn.net/someone/article/details/139413056")
    ).article
    assert article is not None
    assert (article.title, article.origins["title"].origin) == ("新布局", "html")
    assert "没有人认识它" in article.text


def test_a_persons_own_selector_comes_before_the_rule() -> None:
    page = CsdnPage(block=block(main=f"<p>{'没有选中的文字。' * 9}</p><div id='own'>{'选中的文字。' * 9}</div>"))
    raw = RawPage(html=page.html().encode(), url=page.url, body_selector="#own")
    article = extract_page(raw).article
    assert article is not None
    assert "没有选中" not in article.text + article.html
    assert "site" not in {origin.origin for origin in article.origins.values()}
