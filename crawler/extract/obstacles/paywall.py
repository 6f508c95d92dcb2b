"""Texts that stop where payment begins. What page or feed say is proof; a class name or an ellipsis alone is none."""

import re

from lxml.etree import _Element

from crawler.ending import Ending, ending
from crawler.extract.article_node import article_node, further_nodes, own_pages
from crawler.extract.clues import Clues
from crawler.extract.jsonld import Graph, Node
from crawler.extract.obstacles.sight import Sight, quoted
from crawler.extract.query import elements_at
from crawler.extract.wording import count_words
from storage.cause import CauseKind
from storage.verdict import Verdict

# A text longer than this is not called cut for its looks.
MOST_WORDS_IN_DOUBT = 200
LEAST_FEED_WORDS, LEAST_SHARE = 60, 0.5
# Below the cut there may be a line or two of the offer.
LAST_LINES, MOST_INVITING_WORDS = 3, 15
PARTS = frozenset({"WebPageElement"})
NOT_FREE = frozenset({"false", "no", "0"})
CONTAINER = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall|reg-?wall|meter(?:ed)?-?(?:wall|paywall)|subscriber-?only|subscribers-?only|"
    r"subscription-?required|"
    r"premium-?(?:content|teaser|wall)|piano-?(?:container|offer|paywall)|tp-container(?:-inner)?|plus-?teaser|"
    r"abo-?(?:hinweis|wall)|"
    r"article[_-]{1,2}(?:paywall|truncated|locked)|locked-?content|poool(?:-widget)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])[\s\"'”»)]*$")
READ_ON = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in|become a (?:member|subscriber)).{0,40}(?:continue|keep|"
    r"finish|to|and) read|"
    r"(?:this|the rest of this) (?:article|story|content|post) is (?:for|available to|only for|"
    r"reserved for) (?:paid |our |paying )?"
    r"(?:subscribers|members)|already (?:a subscriber|a member|subscribed)\?|"
    r"(?:weiterlesen|jetzt lesen).{0,40}(?:\babo\b|abonnement|plus|\+)|mit .{0,20}\babo\b weiterlesen|nur für abonnent|"
    r"(?:réservé|reservé) aux abonnés|abonnez-vous pour (?:lire|continuer)|il vous reste .{0,20}% de cet article|"
    r"(?:contenido|artículo) (?:exclusivo )?para suscriptores|suscríbete para (?:seguir )?le|"
    r"(?:contenuto|articolo) (?:riservato|per) (?:agli |gli )?abbonati|abbonati per (?:continuare|leggere)|"
    r"alleen voor abonnees|verder lezen\?|(?:conteúdo|matéria) exclusiv[ao] para assinantes|"
    r"(?:artykuł|treść) (?:tylko )?dla (?:prenumeratorów|subskrybentów)|доступно (?:только )?(?:подписчикам|"
    r"по подписке)|"
    r"för prenumeranter|kun for abonnenter|この記事は(?:有料)?会員限定|会員限定記事|付费(?:阅读|内容)|유료 회원",
    re.IGNORECASE,
)


def paywall_of(clues: Clues, sight: Sight) -> Ending | None:
    """Return the ending of a page whose text is not free, with what shows it, or None."""
    open_words = f"the {sight.main_words:,} words that are open were kept"
    stated = what_is_stated(clues)
    if stated:
        reason = f"the page says its text is not free ({stated}); {open_words}"
        return ending(Verdict.PAYWALLED, reason, CauseKind.DECLARED_PAYWALL)
    shown = why_cut(clues, sight) if sight.main_words < MOST_WORDS_IN_DOUBT else ""
    if not shown:
        return None
    reason = f"its text seems to stop at a paywall: {shown}; {open_words}"
    return ending(Verdict.PAYWALLED, reason, CauseKind.CUT_TEXT)


def what_is_stated(clues: Clues) -> str:
    """Quote where the mark-up says that the text is not free, if it does."""
    node = article_node(clues)
    nodes = [node, *further_nodes(node, clues)] if node is not None else own_pages(clues) + clues.graph.of_types(PARTS)
    if any(is_not_free(each, clues.graph) for each in nodes):
        return "JSON-LD isAccessibleForFree: false"
    tier = clues.first_meta("article:content_tier").lower()
    return "meta article:content_tier: locked" if tier == "locked" else ""


def is_not_free(node: Node, graph: Graph) -> bool:
    """Whether a node, or a part of it, is said not to be free; the value may be a string or a schema.org address."""
    parts = [part for part in graph.values(node, "hasPart") if isinstance(part, dict)]
    values = [str(each.get("isAccessibleForFree", "")).strip().rsplit("/", 1)[-1].lower() for each in (node, *parts)]
    return any(value in NOT_FREE for value in values)


def why_cut(clues: Clues, sight: Sight) -> str:
    """Say what shows that a short text stops where payment begins: how it ends, and what stands beside it."""
    last = [line for line in clues.text.split("\n") if line.strip()][-LAST_LINES:]
    invitation = READ_ON.search(last[-1]) if last else None
    if invitation and count_words(last[-1]) <= MOST_INVITING_WORDS:
        return f"it ends with {quoted(invitation[0])}"
    broken = next((line for line in last if ELLIPSIS.search(line)), None)
    if broken is None:
        return ""
    end = f"it ends in {quoted(broken[-30:])}"
    invitation = READ_ON.search(sight.text)
    if invitation:
        return f"{end}, beside {quoted(invitation[0])}"
    containers = (name for element in elements_at(clues.tree, "//*[@class or @id]") for name in container_of(element))
    container = next(containers, "")
    return f"{end}, beside an element called {quoted(container)}" if container else ""


def container_of(element: _Element) -> list[str]:
    """Return the class or id of an element that is called a paywall."""
    names = (element.get("class") or "", element.get("id") or "")
    return [name for name in names if CONTAINER.search(name)]


def is_cut_against(told_words: int, text: str) -> bool:
    """Whether a page's text is far shorter than what its source told of it, in a summary or the whole text."""
    return told_words >= LEAST_FEED_WORDS and count_words(text) < LEAST_SHARE * told_words


def cut_against_feed(told_words: int, text: str) -> Ending | None:
    """Return the ending of an article whose feed has more of it than its page, or None."""
    if not is_cut_against(told_words, text):
        return None
    reason = f"its page holds {count_words(text):,} words, where its source told {told_words:,}; they were kept"
    return ending(Verdict.PAYWALLED, reason, CauseKind.CUT_AGAINST_FEED)
