"""Renders what a publication serves as text: articles, sections, feeds, sitemaps, robots.txt. No paths, no HTTP."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bowerbird.demo.newsroom.listing import Entry
from bowerbird.demo.newsroom.markup import body_html
from bowerbird.demo.newsroom.pictures import HEIGHT, WIDTH
from bowerbird.demo.newsroom.publication import PUBLICATIONS, Publication, Section
from bowerbird.demo.newsroom.story import Story, load_stories
from bowerbird.demo.newsroom.wording import WORDINGS

TEMPLATES = Path(__file__).parent / "templates"
RELATED = 3


@cache
def environment() -> Environment:
    """Return the templates; everything is escaped, an unknown name is an error."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["rfc822"] = format_datetime
    made.filters["iso"] = datetime.isoformat
    return made


class Pages:
    """Renders the pages of one publication. addresses: the origin (`http://host:port`) of each, by key."""

    def __init__(self, publication: Publication, *, addresses: Mapping[str, str]) -> None:
        self.publication = publication
        self._addresses = addresses
        self.origin = addresses[publication.key]

    def article(self, story: Story) -> str:
        """Return the page of one story."""
        body = body_html(story.body, link_to=self._link_to)
        people = [{"@type": "Person", "name": name} for name in story.authors]
        around = {"related": related_stories(story), "words": _words(story), "people": people}
        return self._page("article.html", story=story, body=body, **around)

    def section(self, section: Section, stories: Sequence[Story]) -> str:
        """Return a section's page; it teases its stories."""
        return self._page("section.html", heading=section.title, here=self.publication.section_path(section.key),
                          stories=stories)  # fmt: skip

    def home(self, stories: Sequence[Story]) -> str:
        """Return the front page."""
        return self._page("section.html", heading=self.publication.name, here="/", stories=stories)

    def notice(self, heading: str, text: str) -> str:
        """Return a short page that is no article: about us, not found."""
        return self._page("notice.html", heading=heading, text=text)

    def feed(self, entries: Sequence[Entry], *, changed_at: datetime) -> str:
        """Return the RSS or Atom feed, or the news sitemap, whichever the publication has."""
        name = f"feeds/{self.publication.feed_kind}.xml"
        return self._render(name, entries=entries, changed_at=changed_at)

    def json_feed(self, entries: Sequence[Entry]) -> str:
        """Return the same entries as a JSON Feed, version 1.1."""
        items = [
            {
                "id": entry.identifier,
                "url": self.origin + entry.target,
                "title": entry.title,
                "summary": entry.description,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
                "language": entry.language,
                "authors": [{"name": name} for name in entry.authors],
                "tags": list(entry.tags),
            }
            for entry in entries
        ]
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.publication.name,
            "home_page_url": f"{self.origin}/",
            "feed_url": f"{self.origin}/feed.json",
            "items": items,
        }
        return json.dumps(feed, ensure_ascii=False, indent=1)

    def robots(self) -> str:
        """Return robots.txt: members' pages are for no crawler."""
        sitemap = f"\nSitemap: {self.origin}{self.publication.feed_path}\n"
        rules = "User-agent: *\nDisallow: /members/\nDisallow: /search\n"
        return rules + (sitemap if self.publication.feed_kind == "sitemap" else "")

    def _link_to(self, slug: str) -> str:
        target = {story.slug: story for story in load_stories()}[slug]
        return target.path if target.home is self.publication else self._addresses[target.publication] + target.path

    def _page(self, name: str, **context: object) -> str:
        story = context.get("story")
        language = story.language if isinstance(story, Story) else self.publication.language
        others = [(other.name, self._addresses[other.key]) for other in PUBLICATIONS if other is not self.publication]
        shared = {"t": WORDINGS[language], "language": language, "others": others}
        return self._render(f"{self.publication.key}/{name}", **shared, **context)

    def _render(self, name: str, **context: object) -> str:
        shared = {"site": self.publication, "origin": self.origin, "width": WIDTH, "height": HEIGHT}
        return environment().get_template(name).render(**shared, **context)


def related_stories(story: Story) -> tuple[Story, ...]:
    """Return the teasers below a story: the same for ever, so that publishing another changes no older page."""
    others = [
        other
        for other in load_stories()
        if other.publication == story.publication and other.slug != story.slug and other.held_back is None
    ]
    near = sorted(others, key=lambda other: (other.language != story.language, other.section != story.section))
    return tuple(near[:RELATED])


def _words(story: Story) -> int:
    is_spaced = story.language != "zh"
    return len(story.body.split()) if is_spaced else len(story.body)
