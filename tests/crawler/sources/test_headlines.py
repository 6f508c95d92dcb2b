"""Which links of a page are articles: on made-up pages of many layouts, and by what was learned."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sources.headlines import Experience, experience_of
from crawler.sources.section import read_section
from storage.outcome import Ended
from storage.verdict import Verdict
from tests.crawler.sources.section_pages import SectionPage, section_pages

PAGES = section_pages()
NEWS = ("apnews.com", "techcrunch.com", "npr.org", "infoq.com", "phoronix.com")


def found_on(page: SectionPage) -> set[str]:
    return {each.url for each in read_section(page.html.encode(), url=page.url, charset="utf-8").candidates}


def test_there_are_pages_of_many_layouts() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_gives_its_articles_and_nothing_else(page: SectionPage) -> None:
    assert found_on(page) == page.articles


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_without_articles_gives_none(page: SectionPage) -> None:
    body, _, rest = page.html.partition("<body>")
    menus = SectionPage(page.name, page.url, f"{body}<body>{without_articles(rest, page)}", frozenset())
    assert not found_on(menus) & page.articles


def without_articles(html: str, page: SectionPage) -> str:
    """Return a page whose articles lead nowhere."""
    for url in page.articles:
        path = url.removeprefix("https://news.example.org").replace("&", "&amp;")
        html = html.replace(f"'{path}'", "'#'").replace(f"'{path}#comments'", "'#'").replace(f"'{url}'", "'#'")
    return html


@pytest.mark.parametrize(
    ("captured", "others", "is_good", "is_bad"),
    [(0, 0, False, False), (3, 0, True, False), (2, 0, False, False), (3, 2, False, False), (9, 3, True, False),
     (0, 3, False, True), (0, 2, False, False), (1, 30, False, False)],
)  # fmt: skip
def test_experience_needs_some_tries(captured: int, others: int, is_good: bool, is_bad: bool) -> None:
    ended = [Ended(f"https://example.org/a/{n}00", Verdict.CAPTURED) for n in range(1, captured + 1)]
    ended += [Ended(f"https://example.org/a/{n}00", Verdict.NOT_AN_ARTICLE) for n in range(1, others + 1)]
    known: Experience = experience_of(ended)
    assert (known.is_good("/a/N"), known.is_bad("/a/N")) == (is_good, is_bad)


def listings(folder: Path) -> Iterator[tuple[str, bytes]]:
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["page_type"] not in ("article", "service", "product", "forum", "documentation"):
                yield row["url"], gzip.decompress((folder / row["file"]).read_bytes())


@pytest.fixture
def corpora() -> Path:
    """The folder with the corpora: in $BOWERBIRD_SHARED, or in ``shared`` beside the checkout."""
    folder = Path(os.environ.get("BOWERBIRD_SHARED") or Path(__file__).parents[4] / "shared") / "corpora"
    if not (folder / "wcxb-dev").is_dir():
        pytest.skip(f"no wcxb-dev in {folder}; set BOWERBIRD_SHARED to the folder that holds corpora")
    return folder


@pytest.mark.corpora
def test_real_pages_that_list_are_read_and_those_of_news_give_many(corpora: Path) -> None:
    counts = {
        url: len(read_section(body, url=url, charset=None).candidates) for url, body in listings(corpora / "wcxb-dev")
    }
    assert len(counts) > 50
    assert [url for url, count in counts.items() if any(name in url for name in NEWS) and count < 20] == []
    assert sum(count > 0 for count in counts.values()) > 0.85 * len(counts)
