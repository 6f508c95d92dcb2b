"""The truth about every address the newsroom lists: how the first crawl of it ought to end. Not how it did end."""

from dataclasses import dataclass

from bowerbird.demo.newsroom.desk import Desk
from bowerbird.demo.newsroom.listing import Entry, entries, section_stories
from bowerbird.demo.newsroom.markup import count_paragraphs
from bowerbird.demo.newsroom.oddity import ODDITIES, OddityKind
from bowerbird.demo.newsroom.publication import OBSERVATORY, PUBLICATIONS, Publication
from bowerbird.demo.newsroom.story import Story
from storage.verdict import Verdict

ODDITY_VERDICTS = {
    OddityKind.MISSING: Verdict.GONE,
    OddityKind.WITHDRAWN: Verdict.GONE,
    OddityKind.PDF: Verdict.UNSUPPORTED_TYPE,
    OddityKind.EMPTY: Verdict.TOO_SHORT,
    OddityKind.SECTION: Verdict.NOT_AN_ARTICLE,
}
NOTES = OBSERVATORY.section("notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place worth watching; kind as in the settings."""

    name: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How one listed address ends on the first crawl, the sources taken in their order.

    url: as listed, tracking parameters included; canonical_url: what its page says it is.
    language: without a region, where the page may say `zh-CN`.
    paragraphs: of running text; lists, quotes and captions are left out.
    same_text_as: the slug of the story whose text this address repeats; with the sources taken in another order,
    that story's own address is the duplicate.
    """

    url: str
    source: str
    verdict: Verdict
    canonical_url: str | None = None
    slug: str | None = None
    title: str | None = None
    language: str | None = None
    paragraphs: int = 0
    same_text_as: str | None = None


def watched_sources(addresses: dict[str, str]) -> tuple[Source, ...]:
    """Return the four sources: the RSS feed, the Atom feed, the news sitemap, the section page of the notes."""
    feeds = [
        Source(
            name=publication.key,
            url=addresses[publication.key] + publication.feed_path,
            kind="sitemap" if publication.feed_kind == "sitemap" else "feed",
        )
        for publication in PUBLICATIONS
    ]
    notes = addresses[OBSERVATORY.key] + OBSERVATORY.section_path(NOTES.key)
    return (*feeds, Source(name="observatory-notes", url=notes, kind="section"))


def expected(desk: Desk, addresses: dict[str, str]) -> tuple[Expectation, ...]:
    """Return what each address now listed by the four sources ought to end as, in the order of the sources."""
    truths: list[Expectation] = []
    for publication in PUBLICATIONS:
        origin, seen = addresses[publication.key], set[str]()
        for entry in entries(desk, publication):
            truths.append(_of_entry(entry, publication, origin=origin, is_repeated=entry.title in seen))
            seen.add(entry.title)
    origin = addresses[OBSERVATORY.key]
    for story in section_stories(desk, OBSERVATORY, section=NOTES.key):
        truths.append(_of_story(story, url=origin + story.path, source="observatory-notes", origin=origin))
    return tuple(truths)


def _of_entry(entry: Entry, publication: Publication, *, origin: str, is_repeated: bool) -> Expectation:
    url, source = origin + entry.target, publication.key
    if entry.story is None:
        (kind,) = [oddity.kind for oddity in ODDITIES if (oddity.publication, oddity.path) == (source, entry.target)]
        return Expectation(url=url, source=source, verdict=ODDITY_VERDICTS[kind])
    return _of_story(entry.story, url=url, source=source, origin=origin, is_repeated=is_repeated)


def _of_story(story: Story, *, url: str, source: str, origin: str, is_repeated: bool = False) -> Expectation:
    same_text_as = story.slug if is_repeated else story.copy_of
    return Expectation(
        url=url,
        source=source,
        verdict=_verdict(story, is_copy=same_text_as is not None),
        canonical_url=origin + story.path,
        slug=story.slug,
        title=story.title,
        language=story.language,
        paragraphs=count_paragraphs(story.body),
        same_text_as=same_text_as,
    )


def _verdict(story: Story, *, is_copy: bool) -> Verdict:
    if story.path.startswith("/members/"):
        return Verdict.ROBOTS_DENIED
    if is_copy:
        return Verdict.DUPLICATE
    return Verdict.PAYWALLED if story.is_paywalled else Verdict.CAPTURED
