"""The three publications: their names, sections and addresses. Not their articles."""

from dataclasses import dataclass
from typing import Literal

FeedKind = Literal["rss", "atom", "sitemap"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a publication with a page of its own; an unlisted one stands in no menu."""

    key: str
    title: str
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One web site. key is its folder of stories and of templates; the patterns are paths on its host."""

    key: str
    name: str
    language: str
    tagline: str
    sections: tuple[Section, ...]
    story_pattern: str
    section_pattern: str
    feed_kind: FeedKind
    feed_path: str
    tracking: str = ""

    def story_path(self, *, section: str, slug: str) -> str:
        """Return the path an article stands at."""
        return self.story_pattern.format(section=section, slug=slug)

    def section_path(self, section: str) -> str:
        """Return the path of a section's page."""
        return self.section_pattern.format(section=section)

    def section(self, key: str) -> Section:
        """Return the section with that key.

        Raises:
            KeyError: the publication has no such section.
        """
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


HARBOUR_LEDGER = Publication(
    key="harbour-ledger",
    name="The Harbour Ledger",
    language="en",
    tagline="News from Saltmere and the seven quays since 1894",
    sections=(
        Section("town", "Town"),
        Section("waterfront", "Waterfront"),
        Section("people", "People"),
        Section("voices", "Voices"),
        Section("investigations", "Investigations"),
        Section("members", "Members' room", is_listed=False),
    ),
    story_pattern="/{section}/{slug}/",
    section_pattern="/{section}/",
    feed_kind="rss",
    feed_path="/feed.xml",
    tracking="utm_source=rss&utm_medium=feed&utm_campaign=all",
)
FELDNOTIZEN = Publication(
    key="feldnotizen",
    name="Feldnotizen",
    language="de",
    tagline="Natur, Handwerk und das, was dazwischen wächst",
    sections=(Section("natur", "Natur"), Section("handwerk", "Handwerk"), Section("garten", "Garten")),
    story_pattern="/artikel/{slug}.html",
    section_pattern="/rubrik/{section}/",
    feed_kind="atom",
    feed_path="/atom.xml",
)
OBSERVATORY = Publication(
    key="observatory",
    name="观测站 Observatory Notes",
    language="zh",
    tagline="天空、海洋与仪器 · Skies, seas and the tools we build",
    sections=(Section("kexue", "科学"), Section("notes", "Notes"), Section("instruments", "仪器")),
    story_pattern="/{section}/{slug}",
    section_pattern="/{section}/",
    feed_kind="sitemap",
    feed_path="/news-sitemap.xml",
)
PUBLICATIONS = (HARBOUR_LEDGER, FELDNOTIZEN, OBSERVATORY)


def publication_of(key: str) -> Publication:
    """Return the publication with that key.

    Raises:
        KeyError: there is none.
    """
    return {publication.key: publication for publication in PUBLICATIONS}[key]
