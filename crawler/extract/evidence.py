"""Which evidence a page has for each field of its article, and which of it won. Not for its text: see blocks.py."""

from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from crawler.extract.clues import Clues
from crawler.extract.fields import AUTHORS, POLICIES
from crawler.extract.policy import Source
from storage.article import Article, Author, Image, Origin, Provider

Shown = str | list[str] | None


class SourceReport(TypedDict):
    """One place that a field may come from. value: null where the page has none there."""

    origin: str
    confidence: str
    what: str
    value: Shown
    is_chosen: bool


class FieldReport(TypedDict):
    """One field: its value, where that came from, and all places that were asked, in order."""

    value: Shown
    origin: str | None
    confidence: str | None
    sources: list[SourceReport]


def field_reports(clues: Clues, article: Article | None) -> dict[str, FieldReport]:
    """Return the evidence for each field. article: what was made of it; None where nothing was."""
    return {name: field_report(name, clues, article) for name in POLICIES}


def field_report(name: str, clues: Clues, article: Article | None) -> FieldReport:
    """Return the evidence for one field; its value is the article's, which may join several sources."""
    sources = [source_report(source, clues) for source in POLICIES[name]]
    if name == "authors" and any(each["value"] for each in sources[: len(AUTHORS)]):
        sources = sources[: len(AUTHORS)]  # an organisation is asked for where no person is named
    origin = article.origins.get(name) if article else first_origin(sources)
    chosen = next((each for each in sources if each["value"]), None)
    if origin is not None and chosen is not None and chosen["origin"] == origin.origin:
        chosen["is_chosen"] = True
    return FieldReport(
        value=shown(getattr(article, name)) if article else chosen["value"] if chosen else None,
        origin=origin.origin if origin else None,
        confidence=origin.confidence if origin else None,
        sources=sources,
    )


def source_report(source: Source[object], clues: Clues) -> SourceReport:
    """Return what one source has."""
    value = shown(source.read(clues))
    return SourceReport(
        origin=source.origin, confidence=source.confidence, what=source.note, value=value, is_chosen=False
    )


def first_origin(sources: list[SourceReport]) -> Origin | None:
    """Return the origin that a field would have."""
    first = next((each for each in sources if each["value"]), None)
    return Origin(first["origin"], "guess" if first["confidence"] == "guess" else "sure") if first else None


def shown(value: object) -> Shown:
    """Return a value as text, a list of values as a list of texts."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [text for item in value for text in shown_item(item)]
    return next(shown_item(value), None)


def shown_item(value: object) -> Iterator[str]:
    """Give the text of one value."""
    if isinstance(value, Author):
        yield value.name if value.kind == "person" else f"{value.name} ({value.kind})"
    elif isinstance(value, Image):
        yield value.url
    elif isinstance(value, Provider):
        yield value.name
    elif isinstance(value, date):
        yield value.isoformat()
    else:
        yield str(value)
