"""The truth the newsroom tells about itself holds against what it serves."""

from collections import Counter

from bowerbird.demo.newsroom.expected import Expectation
from bowerbird.demo.newsroom.running import Newsroom
from storage.verdict import Verdict
from tests.bowerbird.demo.newsroom.visitor import visit

STATUS = {Verdict.GONE: {404, 410}}


def served_status(expectation: Expectation) -> int:
    return visit(expectation.url).status


def test_every_address_answers_as_its_verdict_says(quiet_newsroom: Newsroom) -> None:
    for expectation in quiet_newsroom.expected():
        assert served_status(expectation) in STATUS.get(expectation.verdict, {200, 301}), expectation.url


def test_everything_that_happens_on_the_web_happens_here(quiet_newsroom: Newsroom) -> None:
    count = Counter(expectation.verdict for expectation in quiet_newsroom.expected())
    assert count.pop(Verdict.CAPTURED) >= 24
    assert count == {
        Verdict.DUPLICATE: 2,
        Verdict.GONE: 2,
        Verdict.NOT_AN_ARTICLE: 1,
        Verdict.PAYWALLED: 1,
        Verdict.ROBOTS_DENIED: 1,
        Verdict.TOO_SHORT: 1,
        Verdict.UNSUPPORTED_TYPE: 1,
    }


def test_every_address_belongs_to_a_source_and_is_expected_once(quiet_newsroom: Newsroom) -> None:
    expectations = quiet_newsroom.expected()
    assert {expectation.source for expectation in expectations} == {source.name for source in quiet_newsroom.sources}
    assert len({expectation.url for expectation in expectations}) == len(expectations)


def test_a_duplicate_names_what_it_repeats(quiet_newsroom: Newsroom) -> None:
    repeats = {e.url: e.same_text_as for e in quiet_newsroom.expected() if e.verdict is Verdict.DUPLICATE}
    assert set(repeats.values()) == {"bread-at-five", "lighthouse-logbook"}


def test_paragraphs_are_counted_as_they_are_served(quiet_newsroom: Newsroom) -> None:
    (ferry,) = [e for e in quiet_newsroom.expected() if e.slug == "night-ferry-timetable"]
    assert ferry.paragraphs == 6
    (honey,) = [e for e in quiet_newsroom.expected() if e.slug == "honig-im-muehlgraben"]
    assert honey.paragraphs == 5


def test_what_comes_out_later_is_expected_then(newsroom: Newsroom) -> None:
    before = newsroom.expected()
    story = newsroom.publish_next()
    assert story is not None
    (added,) = [expectation for expectation in newsroom.expected() if expectation not in before]
    assert (added.slug, added.verdict) == (story.slug, Verdict.CAPTURED)
