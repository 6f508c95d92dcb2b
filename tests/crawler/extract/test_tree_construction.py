"""What browsers' parsers are tested with costs no article its text, in the processes that read pages."""

import asyncio

from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from crawler.pool import Pool, PoolSize
from tests.crawler.extract.tree_cases import AFTER, BEFORE, TreeCase, tree_cases

MIB = 1024 * 1024
URL = "https://news.example.org/birds/bowers-of-blue"
# Cases that close all they open, and yet hide what follows.
EXPECTED = {
    '<html><body><img src="" border="0" alt="><div>A</div></body></html>': "a quote that never ends takes the rest",
    "<html><body>\n<label><a><div>Hello<div>World</div></a></label>  \n</body></html>": "a label holds no prose",
    "<table><a>1<p>2</a>3</p>": "text in a table, but in none of its cells",
}
MOST_HIDDEN = 215


async def read_all(cases: list[TreeCase]) -> list[Extraction]:
    """Read each case's page in one of two workers; none may die of it."""
    async with Pool(PoolSize(2, 1024 * MIB, len(cases))) as pool:
        pages = (RawPage(html=case.page, url=URL) for case in cases)
        return await asyncio.gather(*(pool.run(extract_page, page, what=URL, seconds=20) for page in pages))


def is_excused(case: TreeCase) -> bool:
    """Whether what follows a case may be lost. A template that holds parts of tables is not closed as it should be."""
    return case.hides_what_follows or case.data in EXPECTED or case.file == "template.dat"


def test_the_text_around_a_case_is_kept_unless_the_case_hides_it() -> None:
    cases = list(tree_cases())
    assert len(cases) > 1500
    found = asyncio.run(read_all(cases))
    texts = [each.article.text if each.article is not None else "" for each in found]
    assert [case.data for case, text in zip(cases, texts, strict=True) if BEFORE not in text] == []
    hidden = [case for case, text in zip(cases, texts, strict=True) if AFTER not in text]
    assert [case.data for case in hidden if not is_excused(case)] == []
    assert len(hidden) <= MOST_HIDDEN
