"""Addresses that are listed as if they were articles, and are not. Each thing here happens on real sites."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bowerbird.demo.newsroom.publication import FELDNOTIZEN, HARBOUR_LEDGER, OBSERVATORY


class OddityKind(StrEnum):
    """What one finds in place of the article."""

    MISSING = "missing"  # 404
    WITHDRAWN = "withdrawn"  # 410
    PDF = "pdf"
    EMPTY = "empty"  # 200 with no byte in it
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """One such address, as the feed or sitemap of its publication lists it."""

    publication: str
    path: str
    kind: OddityKind
    title: str
    description: str
    published: datetime


ODDITIES = (
    Oddity(
        publication=HARBOUR_LEDGER.key,
        path="/waterfront/regatta-moved-to-sunday/",
        kind=OddityKind.MISSING,
        title="Regatta moved to Sunday",
        description="Strong wind from the north-west is expected on Saturday.",
        published=datetime(2026, 9, 11, 15, 5, tzinfo=UTC),
    ),
    Oddity(
        publication=HARBOUR_LEDGER.key,
        path="/files/tide-tables-2027.pdf",
        kind=OddityKind.PDF,
        title="Tide tables for 2027 (PDF)",
        description="High and low water at the Custom House steps, for the kitchen wall.",
        published=datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
    ),
    Oddity(
        publication=FELDNOTIZEN.key,
        path="/artikel/leserumfrage-2025.html",
        kind=OddityKind.WITHDRAWN,
        title="Leserumfrage 2025",
        description="Sagen Sie uns, was Sie lesen möchten.",
        published=datetime(2026, 1, 9, 9, 0, tzinfo=UTC),
    ),
    Oddity(
        publication=OBSERVATORY.key,
        path="/kexue/wei-ming-ming-cao-gao",
        kind=OddityKind.EMPTY,
        title="未命名草稿",
        description="",
        published=datetime(2026, 8, 2, 3, 0, tzinfo=UTC),
    ),
    Oddity(
        publication=OBSERVATORY.key,
        path="/kexue/",
        kind=OddityKind.SECTION,
        title="科学",
        description="",
        published=datetime(2026, 8, 3, 3, 0, tzinfo=UTC),
    ),
)
