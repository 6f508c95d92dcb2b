import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.extract import fields
from crawler.extract.clues import Clues
from crawler.extract.document import parse_page
from crawler.extract.policy import first_found
from crawler.extract.reading import found_authors, found_published
from crawler.extract.structured import read_clues
from storage.article import Author, Image, Origin

ReadClues = Callable[..., Clues]
SITE = '<meta property="og:site_name" content="The Daily Bower">'


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def title_of(clues: Clues) -> str | None:
    found = first_found(fields.TITLE, clues)
    return found.value if found else None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld(headline="Bowers of blue"), "<h1>Something else</h1>", "Bowers of blue"),
        (ld(headline="Bowers of blue – The Daily Bower"), "", "Bowers of blue"),
        (ld(headline="Bowers of blue and of all that glit..."), "<h1>Bowers of blue and of all that glitters</h1>",
         "Bowers of blue and of all that glitters"),
        ("<title>Bowers of blue | The Daily Bower</title>", "<h1>The Daily Bower</h1><h1>Bowers of blue</h1>",
         "Bowers of blue"),
        ('<meta property="og:title" content="Bowers of blue | News | example.org">', "<h1>Welcome</h1>",
         "Bowers of blue | News"),
        ("<title>The Daily Bower: Bowers of blue</title>", "", "Bowers of blue"),
        ("", "<h1>Bowers of blue</h1>", "Bowers of blue"),
        ('<meta property="og:title" content="Of bowers and blue">' + ld(headline="Blue bowers: all you need to know"),
         "<h1>Of bowers and blue</h1>", "Of bowers and blue"),
        (ld(headline="Biology: The blue bowers"), "<h1>The blue bowers</h1>", "The blue bowers"),
        (ld(headline="A list article of this wiki", name="Blue bowers"), "<h1>Blue bowers</h1>", "Blue bowers"),
        ('<meta property="og:title" content="Tips Mending a bower">' + ld(headline="Mending a bower"),
         "<h1><span>Tips</span> Mending a bower</h1>", "Mending a bower"),
        ("<title>Blue bowers of the north | Birds &amp; Co</title>", "<h1>Birds &amp; Co</h1>"
         "<h1>Blue bowers of the north</h1>", "Blue bowers of the north"),
        (ld(datePublished="2026-04-02") + '<meta property="og:title" content="The bowers we love: a guide for all">',
         "<h1>Which bowers we love most, a guide</h1>", "Which bowers we love most, a guide"),
        ("<title>Usage of bowers — Bower 2 manual</title>", "<h1>Usage of bowers ¶</h1>", "Usage of bowers"),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_title_comes_without_the_site(clues_of: ReadClues, head: str, body: str, title: str | None) -> None:
    assert title_of(clues_of(SITE + head, body)) == title


def test_a_title_that_only_looks_like_one_with_a_site_is_kept(clues_of: ReadClues) -> None:
    assert (
        title_of(clues_of(SITE + ld(headline="Art: a short history - part two"))) == "Art: a short history - part two"
    )


ADA = ("Ada Bower", "person")
BEN = ("Ben Nest", "person")
WIRE = ("Bower Wire", "organisation")
PERSON = {"@type": "Person", "name": "Ada Bower"}
AGENCY = {"@type": "Organization", "name": "Bower Wire"}


@pytest.mark.parametrize(
    ("head", "body", "authors", "origin"),
    [
        (ld(author=[PERSON, AGENCY]), "", [ADA], "json-ld"),
        (ld(author="By Ada Bower and Ben Nest"), "", [ADA, BEN], "json-ld"),
        (ld(author=AGENCY), '<p class="byline">By Ada Bower</p>', [ADA], "byline"),
        (ld(author=AGENCY), "", [WIRE], "json-ld"),
        (ld(author={"@type": "Person", "name": "Admin"}), '<a rel="author">Ada Bower</a>', [ADA], "byline"),
        ('<meta name="author" content="Ada Bower, Ben Nest">', "", [ADA, BEN], "meta"),
        ('<meta property="article:author" content="https://social.example/ada">', "", [], None),
        ('<meta name="author" content="ada@example.org">', "", [], None),
        ("", '<b itemprop="author"><i itemprop="name">Ada Bower</i>, 4 May 2025</b>', [ADA], "byline"),
        ("", '<aside><p class="author">Ada Bower</p></aside><p>Words</p>', [], None),
        (ld(author=[PERSON, {"@type": "Organization", "name": "The Daily Bower"}]) + SITE, "", [ADA], "json-ld"),
        ('<meta name="author" content="The Daily Bower">' + SITE, "<h1>Bowers of blue</h1><p>By Ada Bower</p>",
         [ADA], "text"),
        ('<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Ada Bower">', "",
         [ADA], "meta"),
    ],
)  # fmt: skip
def test_people_come_before_organisations(
    clues_of: ReadClues, head: str, body: str, authors: list[tuple[str, str]], origin: str | None
) -> None:
    found = found_authors(clues_of(head, body))
    assert [(author.name, author.kind) for author in (found.value if found else ())] == authors
    assert (found.origin.origin if found else None) == origin


def test_the_editorial_staff_is_an_organisation(clues_of: ReadClues) -> None:
    found = found_authors(clues_of(ld(author="Redaktion")))
    assert found is not None
    assert found.value == (Author("Redaktion", "organisation"),)


HALF_PAST_NINE = datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=10)))
DAY = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("head", "body", "url", "published", "origin"),
    [
        (ld(datePublished="2026-04-02T09:30:00+10:00"), "", "", HALF_PAST_NINE, Origin("json-ld")),
        (ld(datePublished="2026-04-02"), "", "", DAY, Origin("json-ld")),
        (ld(datePublished="2026-04-02"), '<time datetime="2026-04-02T09:30:00+10:00">', "",
         HALF_PAST_NINE, Origin("json-ld")),
        (ld(datePublished="2099-01-01"), "", "https://example.org/2026/04/02/x", DAY, Origin("url")),
        ('<meta property="article:published_time" content="2026-04-02 09:30">', "", "", DAY, Origin("meta")),
        ("", '<h1>T</h1><aside><time datetime="2020-01-01"></time></aside><time datetime="2026-04-02"></time>', "",
         DAY, Origin("html")),
        ("", "<h1>T</h1><p>2. April 2026, 9 Uhr</p>", "", DAY, Origin("text", "guess")),
        ("", "<h1>T</h1><p>Updated April 2, 2026</p>", "", None, None),
        ('<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2026-04-02"}</script>', "", "",
         DAY, Origin("json-ld", "guess")),
        ('<meta name="date" content="2026-04-02">', "", "", DAY, Origin("meta", "guess")),
        ('<meta name="date" content="2026-04-02">' + ld(headline="T"), "", "", DAY, Origin("meta")),
        ('<meta property="article:published_time" content="2026-04-02">', "", "https://example.org/", DAY,
         Origin("meta", "guess")),
        ("", '<h1>T</h1><time class="updated" datetime="2026-04-02"></time>', "", DAY, Origin("text", "guess")),
        ("", '<h1>T</h1><p><time datetime="2026-04-30">2 April 2026</time></p>', "", DAY, Origin("html")),
        ('<meta property="article:modified_time" content="2026-04-02">', "", "", DAY, Origin("meta", "guess")),
    ],
)  # fmt: skip
def test_a_date_says_where_it_is_from_and_how_sure(
    clues_of: ReadClues, head: str, body: str, url: str, published: object, origin: Origin | None
) -> None:
    found = found_published(clues_of(head, body, url=url or "https://example.org/x"))
    if origin is None:
        assert found is None or found.origin.confidence == "guess"
    else:
        assert found is not None
        assert (found.value, found.origin) == (published, origin)


@pytest.mark.parametrize(
    ("html", "language", "confidence"),
    [
        (b'<html lang="de_AT"><meta property="og:locale" content="en_US"></html>', "de-AT", "sure"),
        (b'<html lang=""><meta property="og:locale" content="en_US"></html>', "en-US", "sure"),
    ],
)
def test_the_language_is_the_pages_own_word(html: bytes, language: str, confidence: str) -> None:
    page = parse_page(html)
    assert page is not None
    found = first_found(fields.LANGUAGE, read_clues(page.tree, url=""))
    assert found is not None
    assert (found.value, found.origin.confidence) == (language, confidence)


def test_pictures_have_sizes_only_where_these_are_stated(clues_of: ReadClues) -> None:
    head = '<meta property="og:image" content="/a.jpg"><meta property="og:image:width" content="1200">'
    found = first_found(fields.LEAD_IMAGES, clues_of(head))
    assert found is not None
    assert found.value == (Image(url="https://news.example.org/a.jpg", width=1200),)


def test_a_canonical_link_that_is_no_web_address_is_none(clues_of: ReadClues) -> None:
    assert first_found(fields.CANONICAL_URL, clues_of('<link rel="canonical" href="javascript:void(0)">')) is None
    found = first_found(fields.CANONICAL_URL, clues_of('<link rel="canonical" href="/blue">'))
    assert found is not None
    assert found.value == "https://news.example.org/blue"


@pytest.mark.parametrize(
    ("url", "canonical", "is_believed"),
    [
        ("https://news.example.org/a", "https://www.example.org/a", True),
        ("http://news.example.org/a", "https://news.example.org:443/b", True),
        ("https://news.example.co.uk/a", "https://other.co.uk/a", False),
        ("https://news.example.org/a", "http://victim.example/a", False),
        ("https://ada.github.io/a", "https://ben.github.io/a", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/a", False),
        ("http://127.0.0.1:8000/a", "http://victim.example/a", False),
        ("https://news.example.org/a", "http://victim.example:99999/a", False),
        ("", "https://example.org/a", True),
    ],
)
def test_only_a_page_of_the_site_itself_is_canonical(
    clues_of: ReadClues, url: str, canonical: str, is_believed: bool
) -> None:
    for head in (f'<link rel="canonical" href="{canonical}">', f'<meta property="og:url" content="{canonical}">'):
        found = first_found(fields.CANONICAL_URL, clues_of(head, url=url))
        assert (found.value if found else None) == (canonical if is_believed else None)


def test_where_the_canonical_link_leads_away_the_page_is_asked_on(clues_of: ReadClues) -> None:
    head = '<link rel="canonical" href="https://victim.example/a"><meta property="og:url" content="/blue">'
    found = first_found(fields.CANONICAL_URL, clues_of(head))
    assert found is not None
    assert found.value == "https://news.example.org/blue"


def test_an_escaped_tag_in_a_heading_is_a_word_of_the_title(clues_of: ReadClues) -> None:
    assert title_of(clues_of("", "<h1>How the &lt;b&gt; tag <i>works</i></h1>")) == "How the <b> tag works"


def test_tags_are_taken_apart_and_told_once(clues_of: ReadClues) -> None:
    found = first_found(fields.TAGS, clues_of(ld(keywords="birds, Blue; #birds, ")))
    assert found is not None
    assert found.value == ("birds", "Blue")


def test_a_licence_is_named_as_spdx_names_it(clues_of: ReadClues) -> None:
    found = first_found(
        fields.LICENSE, clues_of("", '<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">x</a>')
    )
    assert found is not None
    assert found.value == "CC-BY-SA-4.0"


def test_every_field_has_a_policy_with_words_for_the_documentation() -> None:
    for sources in fields.POLICIES.values():
        assert all(source.origin and source.note for source in sources)


def test_an_h1_with_the_name_of_the_site_is_no_title(clues_of: ReadClues) -> None:
    head = '<title>Council votes | The Daily Bugle</title><meta property="og:title" content="Council votes">'
    found = first_found(fields.TITLE, clues_of(head, "<h1>The Daily Bugle</h1><h2>Council votes</h2>"))
    assert found is not None
    assert found.value == "Council votes"


def test_a_date_from_before_the_web_is_what_a_text_is_about(clues_of: ReadClues) -> None:
    assert found_published(clues_of("", "<h1>Bowers of blue</h1><p>The bridge was built on 4 May 1911.</p>")) is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<section id='comments'><b>Joe</b> <time datetime='2026-05-01'>1 May</time><p>Nice.</p></section>"),
        (ld(**{"@type": "Product", "name": "x", "review": {"@type": "Review", "datePublished": "2026-03-03"}}), ""),
    ],
    ids=["a comment", "a review"],
)
def test_the_date_of_an_answer_is_not_the_page_s(clues_of: ReadClues, head: str, body: str) -> None:
    story = "<article><h1>Bowers of blue</h1><p>The bowerbird gathers what is blue.</p></article>"
    assert found_published(clues_of(head, story + body)) is None
