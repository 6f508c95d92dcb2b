"""feedparser's own files: what they say must come out of them, against what our candidates hold."""

import time
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from feedparser.datetimes import _parse_date

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.sources.feed import read_entries
from tests.crawler.sources.expectations import Case, Expectation, feed_cases

Told = Callable[[Candidate], object]


class Words(HTMLParser):
    """The text of HTML, by another reader than ours. Scripts and styles are none."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_silent = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.is_silent = tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.is_silent = False

    def handle_data(self, data: str) -> None:
        self.parts += [] if self.is_silent else data.split()


def words(text: str) -> set[str]:
    """What a reader sees of a value, as plain text and as HTML, without white space."""
    reader = Words()
    reader.feed(text)
    reader.close()
    return {"".join(text.split()), "".join(reader.parts)}


def is_same_text(expected: object, told: object, case: Case) -> bool:
    return "".join(str(told).split()) in words(str(expected))


def is_same_html(expected: object, told: object, case: Case) -> bool:
    return bool(words(str(expected)) & words(str(told)))


def is_same_address(expected: object, told: object, case: Case) -> bool:
    return urljoin(case.url, str(expected)) == told


def is_same_moment(expected: object, told: object, case: Case) -> bool:
    """expected: a date in the feed's own words, or feedparser's nine numbers in UTC."""
    parsed = _parse_date(expected) if isinstance(expected, str) else time.struct_time(expected)  # type: ignore[arg-type]
    moment = datetime.fromtimestamp(timegm(parsed), UTC)
    return told == moment if isinstance(told, datetime) else told == moment.date()


def is_among(expected: object, told: object, case: Case) -> bool:
    return isinstance(told, tuple) and expected in told


# By the name in feedparser's result: what of a candidate holds it, and when the two say the same.
FIELDS: Mapping[str, tuple[Told, Callable[[object, object, Case], bool]]] = {
    "title": (lambda c: c.title, is_same_text),
    "title_detail.value": (lambda c: c.title, is_same_text),
    "description": (lambda c: c.summary, is_same_text),
    "summary": (lambda c: c.summary, is_same_text),
    "summary_detail.value": (lambda c: c.summary, is_same_text),
    "content.value": (lambda c: c.content_html, is_same_html),
    "link": (lambda c: c.url, is_same_address),
    "links.href": (lambda c: c.url, is_same_address),
    "id": (lambda c: c.url, is_same_address),
    "guid": (lambda c: c.url, is_same_address),
    "published": (lambda c: c.published_at, is_same_moment),
    "published_parsed": (lambda c: c.published_at, is_same_moment),
    "created": (lambda c: c.published_at, is_same_moment),
    "created_parsed": (lambda c: c.published_at, is_same_moment),
    "updated": (lambda c: c.updated_at, is_same_moment),
    "updated_parsed": (lambda c: c.updated_at, is_same_moment),
    "author_detail.name": (lambda c: c.authors, is_among),
    "authors.name": (lambda c: c.authors, is_among),
    "tags.term": (lambda c: c.tags, is_among),
    "tags.label": (lambda c: c.tags, is_among),
    "category": (lambda c: c.tags, is_among),
    "language": (lambda c: c.language, lambda expected, told, case: expected == told),
    "content.language": (lambda c: c.language, lambda expected, told, case: expected == told),
    "title_detail.language": (lambda c: c.language, lambda expected, told, case: expected == told),
    "image.href": (lambda c: c.image, is_same_address),
    "media_thumbnail.url": (lambda c: c.image, is_same_address),
}

SCREENED = "feedparser sanitises this HTML and keeps the words; ours are those that a browser shows"
NOT_THE_ARTICLE = "a link that is not the entry's own is no candidate's address"
NO_ADDRESS = "an id that is no address of the web is none"
LABEL = "a tag is called by its label where it has one"
NO_TEXT = "content that its type calls octets is no text"
BLANK = "xml:lang='' takes the feed's language back; a candidate falls back on it all the same"
HEADER = "the Content-Language header is not handed to the reader"
DIFFERENCES = {
    "encoding/bozo_linenoise.xml": SCREENED,
    "wellformed/atom10/entry_category_term.xml": LABEL,
    "wellformed/atom10/entry_category_term_non_ascii.xml": LABEL,
    "wellformed/atom10/entry_content_base64.xml": NO_TEXT,
    "wellformed/atom10/entry_content_base64_2.xml": NO_TEXT,
    "wellformed/atom10/entry_link_rel_license.xml": NOT_THE_ARTICLE,
    "wellformed/lang/entry_content_xml_lang_blank.xml": BLANK,
    "wellformed/lang/entry_content_xml_lang_blank_2.xml": BLANK,
    "wellformed/lang/entry_title_xml_lang_blank.xml": BLANK,
    "wellformed/lang/http_content_language_entry_title_inherit.xml": HEADER,
    "wellformed/lang/http_content_language_entry_title_inherit_2.xml": HEADER,
    "wellformed/namespace/atomsvgdesc.xml": SCREENED,
    "wellformed/namespace/atomsvgtitle.xml": SCREENED,
    "wellformed/namespace/rss2.0svgtitle.xml": SCREENED,
    "wellformed/psc/atomsimplechapterexternal.xml": NOT_THE_ARTICLE,
    "wellformed/rss/entity_in_doctype.xml": NO_ADDRESS,
    "wellformed/rss/item_description_not_a_doctype.xml": SCREENED,
    "wellformed/rss/item_guid_not_permalink_not_url.xml": NO_ADDRESS,
    "wellformed/sanitize/entry_summary_iframe.xml": SCREENED,
    "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml": SCREENED,
    "wellformed/sanitize/xml_malicious_comment.xml": SCREENED,
}


def is_met(expectation: Expectation, listing: Listing, case: Case) -> bool | None:
    """Whether a listing says what is expected; None where it has no place for it."""
    kind, _, name = expectation.name.partition(".")
    if kind == "feed":
        is_title = name in ("title", "title_detail.value")
        return is_same_text(expectation.value, listing.title, case) if is_title else None
    if name == "len" and len(expectation.path) == 2:
        return len(listing.candidates) == expectation.value
    position = expectation.path[1]
    if name not in FIELDS or not isinstance(position, int):
        return None
    told, is_same = FIELDS[name]
    return position < len(listing.candidates) and is_same(expectation.value, told(listing.candidates[position]), case)


def what_comes_out(case: Case) -> Listing:
    """The listing of a file; one that cannot be read gives an empty one, and so meets nothing."""
    try:
        return read_entries(case.body, url=case.url, content_type=case.content_type)
    except UnreadableDocument:
        return Listing(kind="feed")


@pytest.mark.corpora
@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_entries_links_titles_and_dates_are_as_feedparser_expects_them() -> None:
    counts: Counter[bool] = Counter()
    unmet: dict[str, list[str]] = {}
    for case in feed_cases():
        listing = what_comes_out(case)
        for expectation in case.expectations:
            met = is_met(expectation, listing, case)
            counts.update([met] if met is not None else [])
            if met is False:
                unmet.setdefault(case.name, []).append(expectation.name)
    assert {name: names for name, names in unmet.items() if name not in DIFFERENCES} == {}
    assert sorted(DIFFERENCES) == sorted(unmet), "a difference that is none any more is taken off the table"
    assert (counts[True] > 1200, counts[False]) == (True, len(DIFFERENCES))
