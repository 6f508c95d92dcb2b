"""Which place of a site is best to watch, and why: the rule of docs/sources.md. Pure.

Places are sorted by tier, and within a tier by what they give. A feed comes first: it dates and names its entries and
is short. What nobody writes to any more is beaten by anything that is alive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from crawler.discovery.offer import Offer, Rung
from crawler.discovery.rungs import is_below
from storage.duration import format_duration
from storage.source import SourceKind

DEAD = timedelta(days=365)  # nobody writes to it any more
STALE = timedelta(days=30)  # of a sitemap that should name what is new, or behind what the site shows elsewhere
ENOUGH = 5
MOST_FALLBACKS = 5
LADDER = tuple(Rung)


class Tier(IntEnum):
    """How good a place is, the best first."""

    FEED = 0
    NEWS_SITEMAP = 1
    SECTION = 2
    SITEMAP = 3
    UNDATED_FEED = 4
    NARROW_FEED = 5
    STALE = 6
    PAGE = 7
    USELESS = 8


WHY = {
    Tier.FEED: "a live feed names and dates each new entry",
    Tier.NEWS_SITEMAP: "a news sitemap names and dates what is new; no live feed was found",
    Tier.SECTION: "its links lead to what is new; neither a live feed nor a fresh news sitemap was found",
    Tier.SITEMAP: "it lists and dates what there is; nothing shorter was found",
    Tier.UNDATED_FEED: "a feed names its entries, though it does not date them; nothing better was found",
    Tier.NARROW_FEED: "it is all that was found, though it covers a part only",
    Tier.STALE: "it is all that was found, though nothing new has come for long",
    Tier.PAGE: "nothing that lists articles was found; with --kind page the page itself can be watched for changes",
    Tier.USELESS: "nothing was found that could be watched",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """offers: the best first. fallbacks: the runners-up that are worth a try, in order. why: one sentence."""

    offers: tuple[Offer, ...]
    best: Offer | None
    fallbacks: tuple[Offer, ...]
    why: str


def choose(offers: Sequence[Offer], *, asked: str, now: datetime, kind: SourceKind = SourceKind.AUTO) -> Choice:
    """Return offers in their order of worth. asked: the address that a person gave. kind: wanted, AUTO for any."""
    latest = max((each.newest for each in offers if each.newest and each.is_dated and not each.narrow), default=None)
    tiers = {id(each): tier_of(each, latest=latest, now=now) for each in offers}
    ranked = sorted(offers, key=lambda each: (tiers[id(each)], *merits(each, asked=asked)))
    usable = [each for each in ranked if each.is_usable and kind in (SourceKind.AUTO, each.kind)]
    if not usable or (kind is not SourceKind.PAGE and tiers[id(usable[0])] is Tier.PAGE):
        return Choice(tuple(ranked), None, (), WHY[Tier.PAGE if usable else Tier.USELESS])
    best, *others = usable
    spare = [each for each in others if tiers[id(each)] <= Tier.UNDATED_FEED]
    why = f"{best.url} is best: {WHY[tiers[id(best)]]}; it gives {gifts_of(best, now=now)}"
    return Choice(tuple(ranked), best, tuple(spare[:MOST_FALLBACKS]), why)


def tier_of(offer: Offer, *, latest: datetime | None, now: datetime) -> Tier:
    """Return the tier of one place. latest: the newest date of publication that the site shows anywhere."""
    if not offer.is_usable:
        return Tier.USELESS
    if offer.kind is SourceKind.PAGE:
        return Tier.PAGE
    if offer.narrow:
        return Tier.NARROW_FEED
    if offer.newest and (now - offer.newest > DEAD or (latest and latest - offer.newest > STALE)):
        return Tier.STALE
    if offer.kind is SourceKind.FEED:
        return Tier.FEED if offer.newest else Tier.UNDATED_FEED
    if offer.kind is SourceKind.SECTION:
        return Tier.SECTION
    if offer.is_news and offer.newest and now - offer.newest <= STALE:
        return Tier.NEWS_SITEMAP
    return Tier.SITEMAP if offer.newest else Tier.STALE


def merits(offer: Offer, *, asked: str) -> tuple[object, ...]:
    """Return what decides within a tier: what was asked for, enough entries, much in a week, full text, the ladder."""
    lively = 2 if offer.in_week >= ENOUGH else 1 if offer.in_week else 0
    fits = offer.rung is Rung.ASKED or is_below(offer.url, asked)
    return not fits, offer.entries < ENOUGH, -lively, not offer.has_full_text, LADDER.index(offer.rung)


def gifts_of(offer: Offer, *, now: datetime) -> str:
    """Return in words what a place gives."""
    said = [f"{offer.entries} {'entry' if offer.entries == 1 else 'entries'}"]
    said += [f"the newest {freshness(offer.newest, now)}"] if offer.newest else ["no dates"]
    said += ["the full text"] if offer.has_full_text else []
    return ", ".join(said)


def freshness(moment: datetime | None, now: datetime) -> str:
    """Return how old the newest entry is, e.g. ``2h ago``."""
    return f"{format_duration(now - moment)} ago" if moment else ""
