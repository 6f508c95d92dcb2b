"""One page from bytes to a verdict and, where it is one, an article. Pure: no network, no store, no clock but CPU's."""

import time
from dataclasses import dataclass, replace

from lxml import etree

from crawler.ending import Ending
from crawler.errors import UnreadableDocument
from crawler.extract.body import find_body
from crawler.extract.document import ParsedPage, parse_page
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.fields import TITLE
from crawler.extract.filetype import name_of_non_html
from crawler.extract.hints import hints_of
from crawler.extract.judgement import judge
from crawler.extract.plaintext import write_text
from crawler.extract.policy import first_found
from crawler.extract.reading import drop_title, read_article
from crawler.extract.sites.reading import read_site
from crawler.extract.structured import read_clues
from crawler.extract.witness import NOBODY, Witness
from storage.article import Article
from storage.cause import Cause, CauseKind
from storage.verdict import Verdict

KEPT = frozenset({Verdict.CAPTURED, Verdict.PAYWALLED, Verdict.TRUNCATED})
VAST_ELEMENTS = 20_000  # from here on trafilatura takes seconds, whatever it is asked for
MANY_ELEMENTS = 7_000  # from here on the best of all choices takes half a second, and is no better
READ_FAILURES = (etree.LxmlError, AssertionError, RecursionError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Reading:
    """A judgement with whatever was read, an article or not: for a person who asked for this very page."""

    judgement: Ending
    article: Article | None = None
    seconds: float = 0.0


def extract_page(raw: RawPage) -> Extraction:
    """Return the verdict on a page, with the article where the verdict keeps one. Never raises for a page's sake."""
    reading = read_page(raw)
    verdict = reading.judgement.verdict
    return Extraction(
        verdict=verdict,
        reason=reading.judgement.reason,
        article=reading.article if verdict in KEPT else None,
        seconds=reading.seconds,
        cause=reading.judgement.cause,
    )


def read_page(raw: RawPage, witness: Witness = NOBODY) -> Reading:
    """Return the judgement on a page and the article record of whatever text it has. witness: is told of the way."""
    begun = time.process_time()
    try:
        reading = read_body(raw, witness)
    except UnreadableDocument as error:
        cause = Cause(CauseKind.SELECTOR) if raw.body_selector else None
        reading = Reading(Ending(Verdict.UNREADABLE, error.why, cause))
    except READ_FAILURES as error:
        reading = Reading(Ending(Verdict.UNREADABLE, f"the parser failed: {type(error).__name__}: {error}"))
    return replace(reading, seconds=time.process_time() - begun)


def read_body(raw: RawPage, witness: Witness) -> Reading:
    """Sort out what is no HTML, then read the page."""
    if not raw.html.strip():
        return Reading(Ending(Verdict.TOO_SHORT, "the page is empty"))
    other = name_of_non_html(raw.html)
    if other:
        return Reading(Ending(Verdict.UNSUPPORTED_TYPE, f"the body is {other}, not HTML"))
    page = parse_page(raw.html, charset=raw.charset)
    if page is None:
        return Reading(Ending(Verdict.TOO_SHORT, "the page holds nothing but white space and comments"))
    return read_tree(page, raw, witness)


def read_tree(page: ParsedPage, raw: RawPage, witness: Witness) -> Reading:
    """Read metadata first, then text: the choice of the text changes the tree."""
    clues = read_clues(page.tree, url=raw.url)
    clues = replace(clues, site=read_site(clues, raw.rules, is_wanted=not raw.body_selector, witness=witness))
    title = first_found(TITLE, clues)
    selector = raw.body_selector or clues.site.main or None
    hints = hints_of(clues, is_huge=is_huge(page), is_vast=page.elements > VAST_ELEMENTS)
    content = find_body(
        page.tree, base=clues.base, scripts=clues.scripts, selector=selector, hints=hints, witness=witness
    )
    witness.clues_read(clues)
    if content is None:
        return Reading(judge(clues, raw, None, cuts=page.cuts), read_article(clues, etree.Element("body")))
    drop_title(content, title.value if title else "")
    clues = replace(clues, text=write_text(content))
    witness.clues_read(clues)
    judgement = judge(clues, raw, content, cuts=page.cuts)
    article = replace(
        read_article(clues, content),
        is_paywalled=judgement.verdict is Verdict.PAYWALLED,
        is_truncated=bool(page.cuts),
    )
    return Reading(judgement, article)


def is_huge(page: ParsedPage) -> bool:
    """Whether a page is so large that its text has to be chosen in the quick way."""
    return bool(page.cuts) or page.elements > MANY_ELEMENTS
