"""Paywalls: what page or feed say is proof, looks are not."""

import json

import pytest

from crawler.extract.extraction import Extraction
from crawler.extract.judgement import held_against
from crawler.extract.obstacles.paywall import is_cut_against
from storage.article import Article
from storage.verdict import Verdict
from tests.crawler.extract.obstacles.made_up import URL, Made, article, check

WALLED, CAPTURED = Verdict.PAYWALLED, Verdict.CAPTURED
STORM = (
    "The storm took the roof of the boathouse on Monday night and laid it, whole, on the green behind the church.",
    "Nobody was hurt. The keeper had gone home an hour before, for the first time in years, because of a cold.",
)
CUT = (STORM[0], "Nobody was hurt. The keeper had gone home an hour before, for the first time in ...")
OFFER = '<div class="article-paywall"><h3>Our offers</h3><p>Three months for one coin.</p></div>'


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def node(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Storm", **fields}


PART = {"@type": "WebPageElement", "cssSelector": ".rest", "isAccessibleForFree": "False"}
OTHER = {"@type": "WebPage", "@id": "https://news.example.org/other", "isAccessibleForFree": False}
MADE = (
    Made(name="false", html=article("Storm", *STORM, head=ld(node(isAccessibleForFree=False))), verdict=WALLED,
         says=("JSON-LD isAccessibleForFree: false",), cause="declared_paywall"),
    Made(name="False as a string", html=article("Storm", *STORM, head=ld(node(isAccessibleForFree="False"))),
         verdict=WALLED),
    Made(name="an address of schema.org", verdict=WALLED,
         html=article("Storm", *STORM, head=ld(node(isAccessibleForFree="http://schema.org/False")))),
    Made(name="in a graph", html=article("Storm", *STORM, head=ld({"@graph": [node(isAccessibleForFree=False)]})),
         verdict=WALLED),
    Made(name="a part", html=article("Storm", *STORM, head=ld(node(isAccessibleForFree=True, hasPart=PART))),
         verdict=WALLED),
    Made(name="a part by reference", verdict=WALLED, html=article("Storm", *STORM, head=ld(
         {"@graph": [node(hasPart={"@id": "#rest"}), {**PART, "@id": "#rest"}]}))),
    Made(name="a page that is no article by name", verdict=WALLED,
         html=article("Storm", *STORM, head=ld({"@type": "WebPage", "isAccessibleForFree": False}))),
    Made(name="locked", html=article("Storm", *STORM, head='<meta property="article:content_tier" content="locked">'),
         verdict=WALLED, says=("meta article:content_tier: locked",)),
    Made(name="cut, beside an offer", html=article("Storm", *CUT, times=1, beside=OFFER), verdict=WALLED,
         says=("ends in", "'article-paywall'"), cause="cut_text"),
    Made(name="cut, with an invitation", verdict=WALLED,
         html=article("Storm", *STORM, "This article is for subscribers.", times=1), says=("for subscribers",)),
    Made(name="cut, in German", verdict=WALLED, html=article(
         "Sturm", "Der Sturm nahm das Dach des Bootshauses mit und legte es auf die Wiese.", "Mit dem Abo weiterlesen",
         times=1, lang="de")),
    Made(name="free", html=article("Storm", *STORM, head=ld(node(isAccessibleForFree=True))), verdict=CAPTURED),
    Made(name="metered", html=article("Storm", *STORM, head='<meta property="article:content_tier" content="metered">'),
         verdict=CAPTURED),
    Made(name="another article's", verdict=CAPTURED, html=article("Storm", *STORM, head=ld(
         [node(url="https://news.example.org/2026/04/bowers-of-blue"),
          node(headline="Another", url="https://news.example.org/other", isAccessibleForFree=False)]))),
    Made(name="said of the page beside its article", verdict=WALLED, says=("JSON-LD isAccessibleForFree: false",),
         html=article("Storm", *STORM, head=ld(node()) + ld({"@type": "WebPage", "isAccessibleForFree": False}))),
    Made(name="said in a second article of the same headline", verdict=WALLED,
         html=article("Storm", *STORM, head=ld(node()) + ld(node(isAccessibleForFree=False)))),
    Made(name="said in a second article of the same address", verdict=WALLED,
         html=article("Storm", *STORM, head=ld(node(url=URL)) + ld(
             {"@type": "Article", "@id": f"{URL}#article", "isAccessibleForFree": False}))),
    Made(name="another page's", verdict=CAPTURED, html=article("Storm", *STORM, head=ld([node(url=URL), OTHER]))),
    Made(name="a teaser's that names its page", verdict=CAPTURED, html=article("Storm", *STORM, head=ld(
         [node(url=URL), node(headline="Another", isAccessibleForFree=False, mainEntityOfPage=OTHER)]))),
    Made(name="an offer beside a whole text", html=article("Storm", *STORM, times=1, beside=OFFER), verdict=CAPTURED),
    Made(name="an ellipsis alone", html=article("Storm", *CUT, times=1), verdict=CAPTURED),
    Made(name="a long text beside an offer", html=article("Storm", *CUT, times=9, beside=OFFER), verdict=CAPTURED),
    Made(name="about paywalls", verdict=CAPTURED, html=article(
         "Who pays for news", "Subscribe to continue reading, the page says, and one reader in a hundred does.",
         "Already a subscriber? it asks the others, who are not, and who close the page within a second or two.")),
)  # fmt: skip


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.name)
def test_a_text_that_is_not_free_is_flagged(made: Made) -> None:
    check(made)
    article_read = made.extracted().article
    assert article_read is not None
    assert article_read.is_paywalled == (made.verdict is WALLED)


@pytest.mark.parametrize(
    ("told", "read", "is_cut"),
    [(300, 100, True), (300, 149, True), (300, 150, False), (300, 900, False), (59, 1, False), (60, 29, True)],
)  # fmt: skip
def test_a_page_with_less_than_half_of_what_its_feed_told_is_cut(told: int, read: int, is_cut: bool) -> None:
    assert is_cut_against(told, "word " * read) is is_cut


def test_an_article_that_is_cut_against_its_feed_is_kept_and_flagged() -> None:
    whole = Extraction(verdict=CAPTURED, reason="20 words", article=Article(url="", text="word " * 20))
    assert held_against(whole, told_words=30) == whole
    cut = held_against(whole, told_words=300)
    assert (cut.verdict, str(cut.cause)) == (WALLED, "cut_against_feed")
    assert "20 words, where its source told 300" in cut.reason
    assert cut.article is not None
    assert cut.article.is_paywalled
    nothing = Extraction(verdict=Verdict.TOO_SHORT, reason="x")
    assert held_against(nothing, told_words=300) == nothing
