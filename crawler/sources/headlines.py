"""Which of a page's links lead to articles, by the looks of a link, the shape of its address, and experience. Pure.

Looks alone find headlines. The articles of one site look alike, so where some links of a shape are surely headlines,
the others of that shape are, too, however short their words; and where none is, the largest family of numbered or named
pages is taken. Prefers one too many to one missed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.extract.wording import CJK, count_words
from crawler.sources.shape import folder_of, is_archive, is_varied, shape_of
from storage.outcome import Ended
from storage.verdict import Verdict

LEAST_SCORE = 4
SURE_SEEDS = 2
FAMILY = 5  # so many of one shape are no accident
LEARNED = 3

# A year and what may be a month behind it, in any of the ways that addresses have.
DATE_IN_PATH = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[/_-](?:0?[1-9]|1[0-2])(?:[/_-]\d{1,2})?|(?:0[1-9]|1[0-2])\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link on the page. place: the tag and class of what it stands in, by which its like are counted."""

    url: str
    text: str
    place: str
    is_heading: bool
    is_in_article: bool


@dataclass(frozen=True, slots=True)
class Experience:
    """What became of a source's links before, by shape: how many were articles, how many were none."""

    articles: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)

    def is_good(self, shape: str) -> bool:
        """Whether what has this shape is mostly an article."""
        return self.articles.get(shape, 0) >= max(LEARNED, 3 * self.others.get(shape, 0))

    def is_bad(self, shape: str) -> bool:
        """Whether what has this shape never was an article, in some tries."""
        return not self.articles.get(shape, 0) and self.others.get(shape, 0) >= LEARNED


NONE_YET = Experience()


def experience_of(ended: Iterable[Ended]) -> Experience:
    """Return what the ends of a source's links teach: pages that were no articles against all that were."""
    articles: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for each in ended:
        (others if each.verdict is Verdict.NOT_AN_ARTICLE else articles)[shape_of(each.url)] += 1
    return Experience(articles, others)


@dataclass(frozen=True, slots=True)
class Link:
    """All links of one address, as one. score: by its looks and its address."""

    url: str
    shape: str
    anchors: tuple[Anchor, ...]
    score: int

    @property
    def title(self) -> str:
        """A heading's text before a link's; among these the longest."""
        return max(self.anchors, key=lambda each: (each.is_heading and bool(each.text), len(each.text))).text[:300]

    @property
    def is_seed(self) -> bool:
        """Whether its looks say enough."""
        return self.score >= LEAST_SCORE

    @property
    def is_marked(self) -> bool:
        """Whether it is marked up as a headline."""
        return any(each.is_heading or each.is_in_article for each in self.anchors)


@dataclass(frozen=True, slots=True)
class Headlines:
    """chosen: the links to articles, in the page's order. left_out: shapes that experience speaks against."""

    chosen: tuple[Link, ...]
    left_out: Mapping[str, int]


def headlines(anchors: Sequence[Anchor], *, section: str, known: Experience = NONE_YET) -> Headlines:
    """Return the links that lead to articles. section: the page's own address."""
    links = [link for link in links_of(anchors, section) if not is_archive(link.shape, link.title)]
    left_out = Counter(link.shape for link in links if link.is_seed and known.is_bad(link.shape))
    links = [link for link in links if not known.is_bad(link.shape)]
    families: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        families[link.shape].append(link)
    seeded = {shape for shape, family in families.items() if is_seeded(shape, family)}
    shapes = {shape for shape in families if known.is_good(shape)} | seeded
    if not shapes:
        shapes = largest_families(families, section)
    return Headlines(tuple(chosen(links, shapes)), left_out)


def chosen(links: Sequence[Link], shapes: set[str]) -> list[Link]:
    """Return the links of those shapes, and what looks like a headline by itself.

    At the root of a site slugs and menus look alike: of such a shape only what is marked up as a headline is taken.
    Where there is enough to go by, a headline of another shape must be marked up, too, or stand where the others do.
    """
    members = [link for link in links if link.shape in shapes and (link.is_marked or not is_rooted(link.shape))]
    member_urls = {link.url for link in members}
    places = {anchor.place for link in members for anchor in link.anchors}
    is_sure = len(members) >= FAMILY

    def fits(link: Link) -> bool:
        return link.is_marked or any(anchor.place in places for anchor in link.anchors)

    return [link for link in links if link.url in member_urls or (link.is_seed and (not is_sure or fits(link)))]


def is_seeded(shape: str, family: Sequence[Link]) -> bool:
    """Whether some links of a family are surely headlines, so that the rest of it are."""
    seeds = sum(link.is_seed for link in family)
    return is_varied(shape) and seeds >= SURE_SEEDS and 4 * seeds >= len(family)


def is_rooted(shape: str) -> bool:
    """Whether a shape is that of a word at the root of the site, as those of menus are."""
    return shape.strip("/") in ("s", "0")


def largest_families(families: Mapping[str, Sequence[Link]], section: str) -> set[str]:
    """Return the shapes to go by where no link looks like a headline.

    Those below the section's own page, else the one with the most links: numbered, or in a folder of their own.
    """
    likely = {shape: family for shape, family in families.items() if is_family(shape, family)}
    below = {shape for shape, family in likely.items() if all(is_below(link.url, section) for link in family)}
    if below:
        return below
    seeds = any(link.is_seed for family in families.values() for link in family)
    return {max(likely, key=lambda shape: len(likely[shape]))} if likely and not seeds else set()


def is_family(shape: str, family: Sequence[Link]) -> bool:
    """Whether links of one shape may be articles: many, each with words of its own, in one kind of place."""
    texts = {link.title for link in family if any(char.isalpha() for char in link.title)}
    place, count = Counter(anchor.place for link in family for anchor in link.anchors).most_common(1)[0]
    in_one_place = count >= len(family) // 2 and bool(place)
    is_own = folder_of(shape) != "/" or "?" in shape
    return is_varied(shape) and is_own and len(family) >= FAMILY and 10 * len(texts) >= 9 * len(family) and in_one_place


def is_below(url: str, section: str) -> bool:
    """Whether an address lies below the section's own page, which is not the home page."""
    own = urlsplit(section).path.rstrip("/")
    return bool(own) and urlsplit(url).path.startswith(own + "/")


def links_of(anchors: Sequence[Anchor], section: str) -> list[Link]:
    """Return each address once, in the page's order, with the best score of its links."""
    likes = Counter(anchor.place for anchor in anchors)
    by_url: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_url.setdefault(anchor.url, []).append(anchor)
    return [
        Link(
            url=url,
            shape=shape_of(url),
            anchors=tuple(same),
            score=url_score(url, section) + max(anchor_score(each, likes=likes[each.place]) for each in same),
        )
        for url, same in by_url.items()
    ]


def url_score(address: str, section: str) -> int:
    """How much an address looks like an article's: a date, a long slug, a number, below the section."""
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    slug = segments[-1] if segments else ""
    words = len(re.split(r"[-_]", slug)) if slug else 0
    score = 3 if DATE_IN_PATH.search(parts.path) else 0
    score += 3 if words >= 4 else 1 if words == 3 else 0
    score += (
        2 if re.search(r"\d{4,}", slug) or re.search(r"(?:^|[?&])\w*(?:id|no|p|article|story)=\d+", parts.query) else 0
    )
    score += 1 if parts.path.startswith(urlsplit(section).path.rstrip("/") + "/") and len(segments) > 1 else 0
    return score


def anchor_score(anchor: Anchor, *, likes: int) -> int:
    """How much a link looks like a headline: long, in a heading, in an article element, one of many alike."""
    words = count_words(anchor.text) // (2 if CJK.search(anchor.text) else 1)
    score = 2 if words >= 4 else 1 if words == 3 else 0
    score += 2 if anchor.is_heading else 0
    score += 1 if anchor.is_in_article else 0
    return score + (1 if likes >= 3 and words >= 3 else 0)
