"""Made-up section pages in the layouts of real sites, each with the addresses of its articles. Not a test.

Each page is a list of links: those of articles are wrapped by one template, the others stand in menus, sidebars and
footers, with and without mark-up that says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

HOST = "https://news.example.org"
TITLES = (
    "Council votes to repair the old bridge",
    "Seal count hits a new high",
    "Storm",
    "Why the ferry was late again on Monday",
    "New school opens its doors",
    "Budget passed",
    "Interview: the keeper of the light",
    "What the harbour lost in the flood",
)
CHINESE = (
    "港口大桥修复方案获得通过",
    "海豹数量创下新高",
    "风暴过后的渔村重建纪实",
    "新学校今天正式开学",
    "市议会通过明年预算案",
    "记者专访灯塔守护人",
)
JAPANESE = (
    "港の橋の修復案が可決",
    "アザラシの数が過去最高に",
    "嵐のあとの漁村を訪ねて",
    "新しい学校が開校しました",
    "来年度の予算案が成立",
    "灯台守に聞く",
)
RUSSIAN = (
    "Совет проголосовал за ремонт моста",
    "Число тюленей растёт",
    "Шторм на побережье",
    "Новая школа открыта",
    "Бюджет принят",
    "Интервью со смотрителем",
)
KOREAN = (
    "항구 다리 보수안 통과",
    "물범 수 사상 최고",
    "폭풍 뒤의 어촌을 가다",
    "새 학교 문 열다",
    "내년 예산안 통과",
    "등대지기를 만나다",
)
ARABIC = (
    "المجلس يصوت لإصلاح الجسر القديم",
    "عدد الفقمات يرتفع",
    "بعد العاصفة",
    "مدرسة جديدة تفتح أبوابها",
    "إقرار الميزانية الجديدة",
)

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """url: of the page. articles: absolute addresses that it must give, and no others."""

    name: str
    url: str
    html: str
    articles: frozenset[str]


def slug(text: str) -> str:
    """Return a title as an address has it."""
    return "-".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def anchors(links: Iterable[Link], template: str = "<a href='{0}'>{1}</a> ") -> str:
    """Return links, each in a template."""
    return "".join(template.format(*link) for link in links)


def page(name: str, at: str, articles: Sequence[Link], template: str, rest: str = "", *, head: str = "") -> SectionPage:
    """Return a page at a path, its articles in template, with rest before and after them ("{}" between)."""
    before, _, after = rest.partition("{}")
    body = f"{before}<div>{anchors(articles, template)}</div>{after}"
    html = f"<html><head><title>{name}</title>{head}</head><body>{body}</body></html>"
    found = frozenset(unescape(href if "://" in href else HOST + href) for href, _ in articles)
    return SectionPage(name, HOST + at, html, found)


def menu(pattern: str, words: Iterable[object], text: str = "{}") -> str:
    """Return links that are no articles: pattern and text with each word put in."""
    return anchors((pattern.format(word), text.format(word)) for word in words)


NAV = (("/", "Home"), ("/politics/", "Politics"), ("/sport/", "Sport"), ("/culture/", "Culture"), ("/about", "About"))
FOOT = (("/privacy", "Privacy policy"), ("/terms-of-use", "Terms of use"), ("/contact", "Contact the newsroom today"))
MARKED = f"<nav>{anchors(NAV)}</nav>{{}}<footer>{anchors(FOOT)}</footer>"
DIV, P = "<div><a href={0}>{1}</a></div>", "<p><a href={0}>{1}</a></p>"
BARE = f"<div>{anchors(NAV, DIV)}</div>{{}}<div>{anchors(FOOT, P)}</div>"
NAMES = ("ada", "ben", "cy", "dee", "eve")
THINGS = ("harbour", "seals", "bridge", "storm", "school")
TAGS = menu("/tag/{}/", THINGS)
AUTHORS = menu("/author/{}/", NAMES, "By {} Miller of the harbour desk")
PAGES = menu("/page/{}/", range(2, 6)) + "<a href='/page/2/'>Older posts of this blog</a>"
H2 = "<h2><a href='{0}'>{1}</a></h2><p>Some words about it.</p>"
H3 = "<h3><a href='{0}'>{1}</a></h3>"
LI = "<li><a href='{0}'>{1}</a></li>"
CARD = "<div class='card'><a href='{0}'><img src='x.jpg'><span class='t'>{1}</span></a><span>3 min</span></div>"
ROW = "<tr><td>26.11.2026</td><td><a href='{0}'>{1}</a></td><td>PDF</td></tr>"
MORE = "<div class='post'><h3>{1}</h3><p>Words of the teaser.</p><a href='{0}'>Read more</a></div>"
TWICE = "<div><a href='{0}'><img src='x.jpg'></a><a href='{0}'>{1}</a><a href='{0}#comments'>4 comments</a></div>"
POST = "<article class='post-card'><a href='{0}'><img src='x.jpg'></a><h2><a href='{0}'>{1}</a></h2></article>"


def by_slug(prefix: str, suffix: str = "", titles: Sequence[str] = TITLES) -> list[Link]:
    """Return articles whose addresses are made from their titles."""
    return [(f"{prefix}{slug(title)}{suffix}", title) for title in titles]


def by_number(pattern: str, titles: Sequence[str] = TITLES, *, start: int = 40123) -> list[Link]:
    """Return articles whose addresses are numbered."""
    return [(pattern.format(start + 7 * place), title) for place, title in enumerate(titles)]


def by_place(pattern: str, titles: Sequence[str] = TITLES, *, start: int = 0) -> list[Link]:
    """Return articles whose addresses hold a number, as {0}, and their titles, as {1}."""
    return [(pattern.format(place, slug(title)), title) for place, title in enumerate(titles, start)]


def western_pages() -> list[SectionPage]:
    """Blogs, papers, magazines."""
    blog = [(f"/blog/{word}", word.title()) for word in ("hello", "go", "rust", "tools", "birds", "nests")]
    old = menu("/?cat={}", range(4), "Politics") + menu("/?paged={}", range(2, 6), "Older posts")
    months = "{}" + menu("/2026/{:02}/", range(1, 12), "Archive of month {} of this year")
    abroad = menu("/politics/{}/", ("abroad", "germany", "europe", "world", "opinion"))
    topics = "{}" + menu("/topics/the-{}-of-the-north", THINGS, "All about the {} of the north")
    again = f"<aside>{anchors(by_slug('/news/2026/nov/')[:4])}</aside>"
    hashed = by_place("/panorama/{1}-a-0b8e7a3{0}-12c4-4f6d-9a1b-77aa0c9d1e20")
    relative = [(f"{HOST}/x/y/{slug(title)}", title) for title in TITLES]
    return [
        page("blog with headlines", "/blog/", by_slug("/blog/"), H2, MARKED + TAGS),
        page("magazine cards", "/culture/", by_slug("/culture/"), CARD, BARE),
        page("plain list", "/news/", by_slug("/news/"), LI, BARE),
        page("short slugs", "/blog", blog, LI, menu("/{}", ("projects", "cv", "uses")) + "{}"),
        page("wordpress by date", "/", by_slug("/2026/11/26/", "/"), H2, MARKED + TAGS + AUTHORS + PAGES),
        page("wordpress by number", "/", by_number("/?p={}"), H2, old + "{}"),
        page("months in the sidebar", "/", by_slug("/2026/11/"), LI, months),
        page("paper with ids", "/politics/", by_slug("/politics/abroad/", "-a-1234567.html"), CARD, abroad + BARE),
        page("medium", "/", by_place("/@ada/{1}-3f9a{0}b2c{0}d1"), CARD, "{}" + menu("/@{}", NAMES) + TAGS),
        page("newsletter", "/archive", by_slug("/p/"), CARD, menu("/{}", ("about", "archive", "podcast")) + "{}"),
        page("read more", "/", by_slug("/story/", ".html"), MORE, BARE),
        page("picture, title and comments", "/", by_slug("/a/"), TWICE, MARKED + PAGES),
        page("base and relative", "/x/", relative, LI, MARKED, head="<base href='/x/'>"),
        page("most read again", "/", by_slug("/news/2026/nov/"), H2, MARKED + again),
        page("topics in the text", "/", by_slug("/articles/"), CARD, topics),
        page("root slugs, marked", "/", by_slug("/", "/"), POST, BARE + TAGS + AUTHORS),
        page("by day in words", "/world", by_slug("/world/2026/nov/26/"), CARD, menu("/world/{}", THINGS) + BARE),
        page("french", "/politique/", by_place("/politique/article/2026/11/26/{1}_654321{0}_82344.html"), CARD, BARE),
        page(
            "slug and uuid",
            "/panorama/",
            hashed,
            POST,
            BARE,
        ),
        page("blogspot", "/", by_slug("/2026/11/", ".html"), H3, months + menu("/search/label/{}", THINGS)),
    ]


def numbered_pages() -> list[SectionPage]:
    """Press releases, forums, content managers: numbers and queries."""
    years = menu("/en/press-releases/{}", range(2015, 2027))
    categories = menu("/news.php?cat={}", range(4), "Culture of the region")
    joomla = "/index.php?option=com_content&amp;view="
    users = menu("/user/{}", range(4), "Ada Miller") + menu("/taxonomy/term/{}", range(4), "Harbour")
    voters = menu("/user?id={}", NAMES) + menu("/vote?id={}&amp;how=up", range(40123456, 40123466), "▲")
    paged = categories + "{}" + menu("/news.php?page={}", range(5))
    listed = menu(joomla + "category&amp;id={}", range(4))
    hashed = by_place("/aktuelles/detail/?tx%5Bnews%5D=1{0}&amp;cHash=ab{0}c4f{0}9e0")
    drawn = by_place("/news/articles/c{0}l{0}4abc{0}do")
    posters = menu("/~{}", NAMES) + menu("/t/{}", THINGS)
    return [
        page("press table", "/press/", by_number("/press/detail.aspx?id={}"), ROW, BARE),
        page("press by year", "/en/press-releases/", by_number("/en/press-releases/2026/nr-{}"), LI, years + BARE),
        page("ministry", "/releases/", by_place("/releases/2026-0{0}.html", start=34), ROW, BARE),
        page("php", "/news.php", by_number("/news.php?id={}"), LI, paged),
        page("joomla", "/", by_place(joomla + "article&amp;id=7{0}:{1}"), LI, listed),
        page("drupal", "/", by_number("/node/{}", start=1204), CARD, "{}" + users),
        page("episodes", "/podcast", by_number("/episodes/{}", start=101), LI, BARE),
        page("forum", "/", by_number("/item?id={}", start=40123456), "<tr><td><a href='{0}'>{1}</a></td></tr>", voters),
        page("link board", "/", by_place("/s/ab{0}xy{0}/{1}"), LI, "{}" + posters),
        page("hashes", "/", by_place("/articles/{0}c0ffee{0}7ab9{0}de{0}f"), CARD, BARE),
        page("uuid", "/", by_place("/story/0b8e7a3{0}-12c4-4f6d-9a1b-77aa0c9d1e2{0}"), LI, BARE),
        page("random ids", "/news", drawn, CARD, menu("/news/{}", THINGS) + BARE),
        page("typo3", "/aktuelles/", hashed, LI, BARE),
        page("mailing list", "/pipermail/2026-November/", by_place("/pipermail/2026-November/0123{0}5.html"), LI,
             menu("/pipermail/2026-November/{}.html", ("thread", "subject", "author")) + "{}"),
        page("news id", "/newsroom/", by_place("/newsroom/news-details.html?newsId=abc{0}-12{0}"), CARD, BARE),
    ]  # fmt: skip


def far_pages() -> list[SectionPage]:
    """Portals in other scripts; their channels stand in bare lists."""
    places = (("gn", "国内"), ("gj", "国际"), ("cj", "财经"), ("ty", "体育"), ("yl", "娱乐频道"))
    channels = f"<div>{anchors((f'/{word}/', text) for word, text in places)}</div>{{}}"
    numbered = f"<div>{anchors((f'/c_{n}.html', text) for n, (_, text) in enumerate(places))}</div>{{}}"
    genres = f"<div>{anchors((f'/genre/{word}', text) for word, text in places)}</div>{{}}"
    codes = menu("/article/articleList.html?sc_section_code=S1N{}", range(4), "정치") + "{}"
    arabic = by_place("/news/%D8%A7%D9%84{0}-%D8%AC%D8%B3%D8%B1-%D9%82%D8%AF%D9%8A%D9%85", ARABIC)
    return [
        page("chinese by day and number", "/", by_number("/n1/2026/1126/c1001-{}.html", CHINESE), LI, channels),
        page("chinese by day", "/gn/", by_number("/a/20261126/{}.htm", CHINESE), H3, channels),
        page("chinese documents", "/", by_number("/gn/doc-ikmyaawc12{}.shtml", CHINESE), LI, channels),
        page("chinese underscores", "/", by_place("/article_1234{0}56_78{0}90_9fab{0}c.html", CHINESE), CARD, numbered),
        page("japanese hashes", "/", by_place("/articles/{0}bc4de5fa6b78c9d0e1f2{0}", JAPANESE), LI, genres),
        page("japanese by day", "/news/", by_number("/news/html/20261126/k100{}1000.html", JAPANESE), CARD, genres),
        page("korean", "/", by_number("/article/articleView.html?idxno=1{}", KOREAN), LI, codes),
        page("russian", "/", by_place("/news/2026/11/26/novost{0}/", RUSSIAN), LI, BARE),
        page("arabic", "/", arabic, CARD, BARE),
    ]


def section_pages() -> Mapping[str, SectionPage]:
    """Return all pages by name."""
    return {each.name: each for each in [*western_pages(), *numbered_pages(), *far_pages()]}
