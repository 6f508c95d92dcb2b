"""What a publication lists, in its feed or sitemap: stories and what only looks like one. Not how it is written."""

from dataclasses import dataclass
from datetime import datetime

from bowerbird.demo.newsroom.desk import Desk
from bowerbird.demo.newsroom.oddity import ODDITIES
from bowerbird.demo.newsroom.publication import OBSERVATORY, Publication
from bowerbird.demo.newsroom.story import Story

# The notes stand on their section page only, so that this page is worth watching.
UNLISTED_SECTIONS = {(OBSERVATORY.key, "notes")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a feed or sitemap; target is a path on the publication's host, query string included."""

    target: str
    identifier: str
    title: str
    description: str
    published: datetime
    updated: datetime
    language: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    story: Story | None = None


def entries(desk: Desk, publication: Publication) -> tuple[Entry, ...]:
    """Return what the feed or sitemap lists now, the newest first."""
    listed: list[Entry] = []
    for story in desk.published(publication.key):
        if (publication.key, story.section) not in UNLISTED_SECTIONS:
            listed += _story_entries(story, publication)
    listed += [
        Entry(
            target=oddity.path,
            identifier=f"{publication.key}:{oddity.path.strip('/')}",
            title=oddity.title,
            description=oddity.description,
            published=oddity.published,
            updated=oddity.published,
            language=publication.language,
        )
        for oddity in ODDITIES
        if oddity.publication == publication.key
    ]
    return tuple(sorted(listed, key=lambda entry: entry.published, reverse=True))


def section_stories(desk: Desk, publication: Publication, *, section: str) -> tuple[Story, ...]:
    """Return the stories a section's page shows now, the newest first."""
    return tuple(story for story in desk.published(publication.key) if story.section == section)


def _story_entries(story: Story, publication: Publication) -> list[Entry]:
    queries = [publication.tracking]
    if story.also_listed_with is not None:
        queries.append(story.also_listed_with)
    return [
        Entry(
            target=(story.former_path or story.path) + (f"?{query}" if query else ""),
            identifier=f"{publication.key}:{story.slug}" + (f":{number}" if number else ""),
            title=story.title,
            description=story.description,
            published=story.published,
            updated=story.updated,
            language=story.language,
            authors=story.authors,
            tags=story.tags,
            story=story,
        )
        for number, query in enumerate(queries)
    ]
