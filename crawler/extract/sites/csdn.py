"""Articles on blog.csdn.net, in the layouts of 2022 and of 2025."""

import re

from crawler.extract.sites.site import Label, Pick, Site

STAMP = r"(\d{4}[-年]\d\d?[-月]\d\d?日?\s+\d\d?:\d\d(?::\d\d)?)"
LABELS = ".tags-box .label"

CSDN = Site(
    name="csdn",
    address=re.compile(r"https?://(?:blog\.csdn\.net/[^/?#]+|[\w-]+\.blog\.csdn\.net)/article/details/\d+"),
    main="#content_views",
    # What a browser adds to code before a page is saved: line numbers and buttons.
    dropped=(".pre-numbering", ".hljs-button", ".hide-preCode-box", ".code-edithtml", ".opt-box", ".look-more-preCode"),
    title=(Pick("h1#articleContentId"), Pick("h1.title-article")),
    authors=(
        Pick("a.follow-nickName"),
        Pick("//script[contains(., 'nickName')]", pattern=re.compile(r'var nickName = "([^"\\]{1,80})"')),
    ),
    published=(
        Pick(".blog-postTime", attribute="data-time"),
        Pick("//script[contains(., 'postTime')]", pattern=re.compile(rf'var postTime = "{STAMP}"')),
        Pick("//script[contains(., 'pubDate')]", pattern=re.compile(r'"pubDate"\s*:\s*"(\d{4}-\d\d-\d\dT[\d:]{5,8})')),
        Pick(".up-time, span.time", pattern=re.compile(rf"于\s*{STAMP}\s*首次发布")),
        Pick("span.time, .up-time", pattern=re.compile(rf"^\s*(?:于\s*)?{STAMP}\s*(?:发布\s*)?$")),
    ),
    # The time of an article that recommends this one, though the page says "published" of it.
    published_late=(Pick("span.time, .up-time", pattern=re.compile(rf"最新推荐文章于\s*{STAMP}")),),
    modified=(Pick("span.time, .up-time", pattern=re.compile(rf"已于\s*{STAMP}\s*修改")),),
    zone="+08:00",
    tags=(
        Pick(".tags-box a.tag-link-new"),
        Pick(".tags-box a.tag-link", label=Label(LABELS, "文章标签")),
        Pick(".tags-box a.tag-link:not([href*='/category'])"),
    ),
    categories=(
        Pick(".tags-box a.tag-link", label=Label(LABELS, "分类")),
        Pick(".tags-box a.tag-link[href*='/category']"),
        Pick("#blogColumnPayAdvert .column-group-item .tit"),
        Pick(".article-header-badge .badge-name"),
        Pick("a.bt-columnlist-show", attribute="data-title"),
    ),
    keeps_meta=True,
)
