"""Deep, long, wide and broken pages, read by the processes that read pages: the article is still there, soon."""

import asyncio

from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from crawler.pool import Pool, PoolSize
from storage.verdict import Verdict
from tests.crawler.extract.hostile_pages import DEEP, PROSE, broken_pages, deep_pages, long_pages

MIB = 1024 * 1024
URL = "https://news.example.org/birds/bowers-of-blue"
PAGES = dict([*deep_pages(), *long_pages(), *broken_pages()])
FLAGGED = (Verdict.CAPTURED, Verdict.TRUNCATED)
ENOUGH_SECONDS = 2.0  # each takes less than a third of it, on a machine of its own


async def read_all() -> dict[str, Extraction]:
    """Read each page in one of two workers, which may use 512 MiB; none may die of it."""
    async with Pool(PoolSize(2, 512 * MIB, len(PAGES))) as pool:
        pages = [RawPage(html=html, url=URL) for html in PAGES.values()]
        found = await asyncio.gather(*(pool.run(extract_page, page, what=URL, seconds=20) for page in pages))
    return dict(zip(PAGES, found, strict=True))


def test_a_hostile_page_keeps_its_article_and_takes_no_long_time() -> None:
    found = asyncio.run(read_all())
    assert {name: each.reason for name, each in found.items() if each.verdict not in FLAGGED} == {}
    texts = {name: each.article.text for name, each in found.items() if each.article is not None}
    assert [name for name, text in texts.items() if PROSE.strip() not in text] == []
    assert [name for name, text in texts.items() if name.startswith("nested") and DEEP.strip() not in text] == []
    assert {name: each.seconds for name, each in found.items() if each.seconds > ENOUGH_SECONDS} == {}
