"""Pages that stand in for a site which is not there: maintenance, a broken database, a bare server, a parked name.

The first three pass, so they are HTTP errors by another name and are tried again. A parked name is nobody's article.
"""

import re
from dataclasses import dataclass

from crawler.ending import Ending, ending
from crawler.extract.obstacles.sight import Sight, quoted
from storage.cause import CauseKind
from storage.verdict import Verdict

MOST_WORDS = 150


@dataclass(frozen=True, slots=True)
class StandIn:
    """One kind. title: fits a whole title or heading; text: fits somewhere in a short text; both ignore case."""

    name: str
    verdict: Verdict
    cause: CauseKind
    title: re.Pattern[str]
    text: re.Pattern[str]


def kind(name: str, verdict: Verdict, cause: CauseKind, *, title: str, text: str) -> StandIn:
    return StandIn(name, verdict, cause, re.compile(title, re.IGNORECASE), re.compile(text, re.IGNORECASE))


STAND_INS = (
    kind(
        "a page of a site under maintenance", Verdict.HTTP_ERROR, CauseKind.OUT_OF_ORDER,
        title=r"(?:.{0,40}\b)?(?:site |website |scheduled |down for |under |undergoing )+maintenance(?: mode)?|"
        r"maintenance(?: mode)?|"
        r"wartung(?:sarbeiten|smodus)?|(?:site )?en maintenance|(?:sitio )?en mantenimiento|mantenimiento|"
        r"(?:sito )?in manutenzione|"
        r"in onderhoud|onderhoud|em manutenção|przerwa techniczna|технические работы|"
        r"(?:сайт )?на обслуживании|メンテナンス中|"
        r"(?:系统|网站)维护(?:中)?|service (?:temporarily )?unavailable|we(?:'|’)ll be (?:right )?back(?: soon)?|"
        r"be right back",
        text=r"briefly unavailable for scheduled maintenance|(?:site|website) is (?:currently |"
        r"temporarily )?(?:down for|under(?:going)?) "
        r"(?:scheduled )?maintenance",
    ),
    kind(
        "the page of a broken database or server", Verdict.HTTP_ERROR, CauseKind.OUT_OF_ORDER,
        title=r"database error|error establishing a database connection|wordpress .{0,3} error|"
        r"(?:40[0358]|500|502|503|504)(?: -)? (?:internal server error|bad gateway|service unavailable|"
        r"gateway time-?out|forbidden|bad request)|"
        r"(?:internal )?server error|bad gateway|gateway time-?out|application error",
        text=r"error establishing a database connection|(?:mysqli?|mysql|pdo|sql)(?: server)? ?(?:error|"
        r"exception|connect)[^.]{0,20}:|"
        r"sqlstate\[|there has been a critical error on (?:this|your) website|too many connections in|"
        r"^(?:php )?(?:fatal error|warning|parse error): .{0,200} on line \d",
    ),
    kind(
        "the first page of a bare server", Verdict.HTTP_ERROR, CauseKind.OUT_OF_ORDER,
        title=r"welcome to (?:nginx|caddy|openresty|tengine)|apache2? .{0,30}default page.{0,20}|test page for .{0,60}|"
        r"iis windows(?: server)?|iis\d?|default (?:web site )?page|plesk .{0,40}default.{0,20}|"
        r"it works",
        text=r"^it works!?$|if you see this page, the nginx web server is successfully installed|"
        r"this (?:is the )?default (?:web ?)?page (?:is )?(?:used to|for this) ",
    ),
    kind(
        "the page of a parked domain", Verdict.NOT_AN_ARTICLE, CauseKind.PARKED,
        title=r"(?:[\w.-]+ (?:is|may be|ist) )?(?:this )?domain(?: name)? (?:is |may be )?(?:for sale|parked)|"
        r"[\w-]+\.[a-z.]{2,12} (?:is for sale|steht zum verkauf|est à vendre|está en venta|is te koop|"
        r"- domain for sale)|"
        r"parked domain.{0,30}|domain parking|buy this domain",
        text=r"(?:this|the) domain(?: name)? (?:[\w.-]+ )?(?:is|may be) (?:for sale|parked)|buy this domain|"
        r"domain (?:steht|ist) (?:zum verkauf|zu verkaufen)|(?:ce|le) (?:nom de )?domaine (?:[\w.-]+ )?est à vendre|"
        r"este dominio (?:está|puede estar) (?:en|a la) venta|questo dominio è in vendita|dit domein is te koop|"
        r"parked (?:free,? )?courtesy of |related searches.{0,200}privacy policy$|此域名(?:出售|"
        r"正在出售)|домен продаётся",
    ),
)  # fmt: skip


def standin_of(sight: Sight) -> Ending | None:
    """Return the ending of an answer that stands in for a site, or None."""
    if sight.is_declared or sight.words >= MOST_WORDS:
        return None
    for each in STAND_INS:
        shown = shown_by(each, sight)
        if shown:
            return ending(each.verdict, f"it is {each.name}: {shown}, and {sight.words} words in all", each.cause)
    return None


def shown_by(each: StandIn, sight: Sight) -> str:
    """Return what shows that an answer is of a kind, or nothing."""
    for place, text in (("title", sight.title), ("heading", sight.heading)):
        if each.title.fullmatch(text.strip(" .!…")):
            return f"{place} {quoted(text)}"
    found = each.text.search(sight.text)
    return f"text {quoted(found[0])}" if found else ""
