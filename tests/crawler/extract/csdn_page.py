"""Makes whole pages of the blog host, as they stand around an article, in the layouts it has had. Not a test."""

from dataclasses import dataclass

TODAY_TIME = '<span class="time blog-postTime" data-time="{0}">最新推荐文章于&nbsp;2031-01-01 00:00:00&nbsp;发布</span>'
RECOMMENDED = """
  <div class="recommend-box"><div class="recommend-item-box type_blog"><a href="https://blog.csdn.net/b/article/details/2">
   <div class="title">另一篇文章的标题</div></a>
   <div class="desc">另一篇文章的摘要,和这篇没有关系。于&nbsp;2001-01-01 01:01:01&nbsp;发布</div>
  </div></div>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsdnPage:
    """What differs from page to page. block: h1 and main text; the info bar is put behind the h1's box.

    time: the mark-up of the info bar's time. columns and tags: in the layout of today, or of 2022.
    """

    block: str
    url: str = "https://blog.csdn.net/someone/article/details/139413056"
    description: str = "  摘要 "
    keywords: str = "关键词"
    time: str = '<span class="time">于&nbsp;2024-06-03 14:32:38&nbsp;发布</span>'
    columns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_of_today: bool = False
    script: str = ""

    def html(self) -> str:
        """Return the page."""
        head = f'<link rel="canonical" href="{self.url}"/><title>标题_关键词-CSDN博客</title>'
        for name in ("keywords", "description"):
            content = getattr(self, name)
            head += f'\n<meta name="{name}" content="{content}">' if content else ""
        parts = self.block.split('<article class="baidu_pl">', 1)
        body = (self.info_bar() + self.column_cards() + '<article class="baidu_pl">').join(parts)
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">{head}\n<script>{self.script}</script>'
            f'</head><body class="nodata"><div class="main_father"><div id="mainBox"><main>{body}{RECOMMENDED}'
            f'<div class="comment-box"><ul class="comment-list"><li>写得很好,谢谢分享</li></ul></div></main>'
            f'<aside><div id="asideCategory"><a class="special-column-name" href="https://blog.csdn.net/x/category_9.html">'
            f"别的专栏</a></div></aside></div></div></body></html>"
        )

    def info_bar(self) -> str:
        """Return time, columns and tags."""
        return (
            f'<div class="article-info-box"><div class="article-bar-top"><div class="bar-content">'
            f'<a class="follow-nickName" href="https://blog.csdn.net/someone">某人</a>{self.time}'
            f'<span class="read-count">7871 阅读</span></div></div><div class="blog-tags-box">'
            f'<div class="tags-box artic-tag-box">{self.labels()}</div></div>'
            f'<div class="article-copyright">版权声明</div></div>'
        )

    def labels(self) -> str:
        """Return the labelled links: of 2022 columns and tags are of one class, of today there are tags alone."""
        style = "tag-link-new" if self.is_of_today else "tag-link"
        mark = "#" if self.is_of_today else ""
        links = ""
        if self.columns and not self.is_of_today:
            links += '<span class="label">分类专栏:</span>'
            links += "".join(
                f'<a class="{style}" href="https://blog.csdn.net/x/category_1.html">{c}</a>' for c in self.columns
            )
        if self.tags:
            links += '<span class="label">文章标签:</span>'
            links += "".join(
                f'<a class="{style}" rel="nofollow" href="https://so.csdn.net/?q=1">{mark}{t}</a>' for t in self.tags
            )
        return links

    def column_cards(self) -> str:
        """Return the cards of the columns."""
        cards = "".join(
            f'<div class="column-group-item"><a class="item-target" href="https://blog.csdn.net/x/category_1.html">'
            f'<span class="tit">{name}</span><span class="dec">专栏收录该内容</span></a></div>'
            for name in self.columns
        )
        return f'<div id="blogColumnPayAdvert"><div class="column-group">{cards}</div></div>'


def block(*, title: str = "标题", main: str = "<p>正文的第一段,字数足够多,可以算是一篇文章。</p>") -> str:
    """Return h1 and main text as a server sends them."""
    return (
        '<div class="blog-content-box"><div class="article-header-box"><div class="article-header"><div class='
        f'"article-title-box"><h1 class="title-article" id="articleContentId">{title}</h1></div></div></div>'
        '<article class="baidu_pl"><div id="article_content" class="article_content clearfix">'
        f'<div id="content_views" class="markdown_views">{main}</div></div></article></div>'
    )
