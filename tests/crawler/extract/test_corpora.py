"""A sample of real pages: nothing raises, and what comes out is an article."""

import gzip
import json
import re
from pathlib import Path

import pytest

from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from storage.verdict import Verdict

pytestmark = pytest.mark.corpora
CORPORA = ("defuddle", "fundus-a", "htmldate-dev", "readability", "traf-eval", "wcxb-dev")
SAMPLE = 10


@pytest.mark.parametrize("corpus", CORPORA)
def test_real_pages_give_articles(shared: Path, corpus: str) -> None:
    folder = shared / "corpora" / corpus
    pages = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line]
    kept = 0
    for page in pages[:: len(pages) // SAMPLE]:
        html = gzip.decompress((folder / page["file"]).read_bytes())
        found = extract_page(RawPage(html=html, url=page["url"] or ""))
        assert found.reason
        if found.article is not None:
            kept += 1
            assert found.article.text.strip()
            assert found.article.body.strip()
            assert found.article.html.strip()
            assert set(found.article.origins) <= set(found.article.__slots__)
    assert kept >= SAMPLE - 1


SAYS_ARTICLE = re.compile(
    rb"<script[^>]*ld\+json[^>]*>.*?</script>|<meta[^>]*(?:og:|article:|citation_)[^>]*>", re.DOTALL | re.IGNORECASE
)
WALLS = frozenset({Verdict.BLOCKED, Verdict.CONSENT_WALL, Verdict.GONE, Verdict.HTTP_ERROR})


@pytest.mark.parametrize("corpus", CORPORA)
def test_a_real_page_is_no_wall_even_where_no_markup_calls_it_an_article(shared: Path, corpus: str) -> None:
    folder = shared / "corpora" / corpus
    pages = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line]
    taken: dict[str, str] = {}
    for page in pages[3 :: len(pages) // SAMPLE]:
        html = SAYS_ARTICLE.sub(b"", gzip.decompress((folder / page["file"]).read_bytes()))
        found = extract_page(RawPage(html=html, url=page["url"] or ""))
        taken |= {page["id"]: found.reason} if found.verdict in WALLS else {}
    assert taken == {}
