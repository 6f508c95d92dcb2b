"""Decides what each path of one publication answers. Pure but for the desk it reads; HTTP is `app`'s."""

from collections.abc import Mapping

from bowerbird.demo.newsroom.answer import Answer
from bowerbird.demo.newsroom.desk import Desk
from bowerbird.demo.newsroom.listing import entries, section_stories
from bowerbird.demo.newsroom.oddity import ODDITIES, OddityKind
from bowerbird.demo.newsroom.pages import Pages
from bowerbird.demo.newsroom.pdf import tide_tables_pdf
from bowerbird.demo.newsroom.pictures import picture_png
from bowerbird.demo.newsroom.publication import Publication
from bowerbird.demo.newsroom.story import Story, load_stories

FEED_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
}


class Site:
    """One publication's web site, without the web."""

    def __init__(self, publication: Publication, *, desk: Desk, addresses: Mapping[str, str]) -> None:
        self.publication = publication
        self._desk = desk
        self._pages = Pages(publication, addresses=addresses)
        self._sections = {publication.section_path(section.key): section for section in publication.sections}
        self._oddities = {oddity.path: oddity.kind for oddity in ODDITIES if oddity.publication == publication.key}
        self._pictures = frozenset(f"/media/{name}.png" for name in _picture_names(publication.key))

    def answer(self, path: str) -> Answer:
        """Return what a path (without its query string) answers."""
        return self._listing(path) or self._story(path) or self._extra(path) or self._not_found()

    def _listing(self, path: str) -> Answer | None:
        changed_at = self._desk.changed_at(self.publication.key)
        if path == "/":
            html = self._pages.home(self._desk.published(self.publication.key))
            return Answer(body=html.encode(), modified_at=changed_at)
        if path == self.publication.feed_path:
            feed = self._pages.feed(entries(self._desk, self.publication), changed_at=changed_at)
            content_type = FEED_TYPES[self.publication.feed_kind]
            return Answer(body=feed.encode(), content_type=content_type, modified_at=changed_at)
        if path == "/feed.json":
            feed = self._pages.json_feed(entries(self._desk, self.publication))
            return Answer(body=feed.encode(), content_type="application/feed+json", modified_at=changed_at)
        if section := self._sections.get(path):
            html = self._pages.section(section, section_stories(self._desk, self.publication, section=section.key))
            return Answer(body=html.encode(), modified_at=changed_at)
        return None

    def _story(self, path: str) -> Answer | None:
        for story in self._desk.published(self.publication.key):
            if path == story.former_path:
                return Answer(status=301, location=story.path)
            if path == story.path:
                return self._story_page(story)
        return None

    def _story_page(self, story: Story) -> Answer:
        return Answer(
            body=self._pages.article(story).encode(story.charset, errors="xmlcharrefreplace"),
            content_type=f"text/html; charset={story.charset}",
            modified_at=story.updated,
            is_slow=story.answers_slowly,
        )

    def _extra(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            return Answer(body=self._pages.robots().encode(), content_type="text/plain; charset=utf-8")
        if path == "/about/":
            return Answer(body=self._pages.notice(self.publication.name, self.publication.tagline).encode())
        if path in self._pictures:
            name = path.removeprefix("/media/").removesuffix(".png")
            return Answer(body=picture_png(name), content_type="image/png")
        return self._oddity(path)

    def _oddity(self, path: str) -> Answer | None:
        kind = self._oddities.get(path)
        if kind is OddityKind.WITHDRAWN:
            return Answer(status=410, body=self._pages.notice("410", "Gone · Nicht mehr verfügbar").encode())
        if kind is OddityKind.PDF:
            return Answer(body=tide_tables_pdf(), content_type="application/pdf")
        if kind is OddityKind.EMPTY:
            return Answer()
        return None

    def _not_found(self) -> Answer:
        return Answer(status=404, body=self._pages.notice("404", "This page does not exist.").encode())


def _picture_names(publication: str) -> set[str]:
    names = {f"logo-{publication}"}
    for story in load_stories():
        if story.publication == publication:
            names |= story.picture_names
    return names
