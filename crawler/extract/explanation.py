"""How a page was read, for a person who asks why: the evidence for each field, the blocks that were kept or left out.

The JSON object that ``bowerbird extract --explain --json`` prints is an Explanation: programs rely on its keys.
"""

from collections.abc import Sequence
from typing import TypedDict

from lxml.etree import _Element

from crawler.extract.blocks import (
    MOST_KEPT,
    MOST_LEFT_OUT,
    BlockReport,
    Choice,
    kept_blocks,
    largest,
    left_out,
    removed_reports,
    trace,
)
from crawler.extract.clues import Clues
from crawler.extract.evidence import FieldReport, field_reports
from crawler.extract.extraction import RawPage
from crawler.extract.page import KEPT, Reading, read_page
from crawler.extract.sites.registry import find_site
from crawler.extract.sites.site import Site, SiteValues
from crawler.extract.weights import Weights
from crawler.extract.witness import Plant, Witness


class RuleReport(TypedDict):
    """The rule for the page. is_used: its main text is there, or it names none. without: keys that found nothing."""

    site: str
    is_used: bool
    body: str | None
    without: list[str]


class Explanation(TypedDict):
    """One page. outcome: ``ok``, or the verdict. chosen_by: who chose the text; null where there is none.

    kept, left_out: the blocks, in the order of the page; at most MOST_KEPT and the MOST_LEFT_OUT largest. The counts
    are of all.
    """

    id: str
    url: str
    outcome: str
    reason: str
    rule: RuleReport | None
    fields: dict[str, FieldReport]
    chosen_by: str | None
    characters: int
    kept_count: int
    kept: list[BlockReport]
    left_out_count: int
    left_out: list[BlockReport]


class Recorder(Witness):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.clues: Clues | None = None
        self.choice: Choice | None = None
        self.removed: list[BlockReport] = []

    def clues_read(self, clues: Clues) -> None:
        self.clues = clues

    def parts_removed(self, parts: Sequence[_Element], why: str) -> None:
        self.removed += removed_reports(parts, why)

    def text_chosen(self, root: _Element, plant: Plant, weights: Weights | None = None) -> None:
        self.choice = trace(root, plant, weights)


def explain_page(raw: RawPage, page_id: str) -> Explanation:
    """Read a page and return how that went."""
    recorder = Recorder()
    reading = read_page(raw, recorder)
    clues = recorder.clues
    if clues is None:
        return explain_reading(reading, page_id=page_id, url=raw.url)
    site = None if raw.body_selector else find_site(clues.url, raw.rules)
    title = reading.article.title if reading.article else ""
    kept = kept_blocks(recorder.choice, title=title) if recorder.choice else []
    left = recorder.removed + (left_out(recorder.choice) if recorder.choice else [])
    return Explanation(
        id=page_id,
        url=clues.url,
        outcome=outcome_of(reading),
        reason=reading.judgement.reason,
        rule=rule_report(site, clues.site) if site else None,
        fields=field_reports(clues, reading.article),
        chosen_by=chosen_by(recorder, raw),
        characters=len(clues.text),
        kept_count=len(kept),
        kept=kept[:MOST_KEPT],
        left_out_count=len(left),
        left_out=largest(left, MOST_LEFT_OUT),
    )


def explain_reading(reading: Reading, *, page_id: str, url: str) -> Explanation:
    """Return what there is to say of a page that never became a tree."""
    return Explanation(
        id=page_id,
        url=url,
        outcome=outcome_of(reading),
        reason=reading.judgement.reason,
        rule=None,
        fields={},
        chosen_by=None,
        characters=0,
        kept_count=0,
        kept=[],
        left_out_count=0,
        left_out=[],
    )


def outcome_of(reading: Reading) -> str:
    """Return how a page ended, as its report says it."""
    return "ok" if reading.judgement.verdict in KEPT else reading.judgement.verdict.value


def chosen_by(recorder: Recorder, raw: RawPage) -> str | None:
    """Say who chose the text, or None where there is none."""
    clues, choice = recorder.clues, recorder.choice
    selector = raw.body_selector or (clues.site.main if clues else "")
    if choice is not None:
        return f"the selector {selector}" if choice.is_by_hand else "trafilatura"
    return "trafilatura, from a script or an attribute of the page" if clues and clues.text else None


def rule_report(site: Site, values: SiteValues) -> RuleReport:
    """Return what became of a rule."""
    found = {
        "title": (site.title, values.title),
        "authors": (site.authors, values.authors),
        "date": (site.published, values.published),
        "date_later": (site.published_late, values.published_late),
        "modified": (site.modified, values.modified),
        "tags": (site.tags, values.tags),
        "categories": (site.categories, values.categories),
    }
    without = [key for key, (picks, value) in found.items() if picks and not value]
    return RuleReport(
        site=site.name,
        is_used=not values.missing,
        body=values.main or None,
        without=["body"] if values.missing else without,
    )
