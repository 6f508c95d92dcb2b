from collections.abc import Callable
from datetime import date

import pytest

from crawler.extract.clues import Clues
from crawler.extract.visible_date import visible_published

ReadClues = Callable[..., Clues]
DAY = date(2026, 3, 2)
TEXT = "<p>" + "Words about bowers, and of what is blue in them. " * 30 + "</p>"


@pytest.mark.parametrize(
    "body",
    [
        "<p>2 March 2026</p><h1>Blue</h1>",
        "<h1>Blue</h1><p>By Ada Bower, 2 March 2026</p>",
        "<h1>Blue</h1><p>Written: 2026-03-02 / Updated: 2026-04-01</p>",
        "<h1>Blue</h1><p>Updated 1 April 2026</p><p>2 March 2026</p>",
        "<h1>Blue</h1><p>1 April 2026</p><p class='date'>2 March 2026</p>",
        "<h1>Blue</h1><p>Berlin, 2 March 2026 – " + "It was a day on which a bower was found. " * 5 + "</p>",
        f"<h1>Blue</h1>{TEXT}<span class='post-date'>2 March 2026</span>",
        f"<h1>Blue</h1>{TEXT}<abbr class='published' title='2026-03-02T09:00'>in spring</abbr>",
        f"<h1>Blue</h1>{TEXT}<i data-date='2026-03-02' class='date'>in spring</i>",
        f"<h1>Blue</h1>{TEXT}<p>2 March 2026</p>",
        f"<h1>Blue</h1>{TEXT}<p>Dieser Beitrag wurde am 2. März 2026 um 14:48 von Ada veröffentlicht</p>",
        "<h1>Blue</h1><script>var page = {\"publishedAt\": \"2026-03-02T10:00:00Z\", \"id\": 5}</script>",
        f"<h1>Blue</h1>{TEXT}<p>Last updated: 2 March 2026</p>",
    ],
    ids=lambda body: body[:70],
)  # fmt: skip
def test_what_a_reader_takes_for_the_day_is_found(clues_of: ReadClues, body: str) -> None:
    assert visible_published(clues_of("", body)) == DAY


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Blue</h1><p>© 2 March 2026 Bower Ltd</p>",
        "<h1>Blue</h1><p>Member since 2 March 2026</p>",
        "<h1>Blue</h1><p>March 2026</p>",
        "<h1>Blue</h1><p>2 March 2098</p>",
        "<h1>Blue</h1><div class='testimonial-rating'>2 March 2026</div>",
    ],
)
def test_other_days_are_left(clues_of: ReadClues, body: str) -> None:
    assert visible_published(clues_of("", body)) is None


def test_scripts_that_name_several_days_are_not_believed(clues_of: ReadClues) -> None:
    scripts = '<script>[{"publishedAt": "2026-03-02"}, {"publishedAt": "2026-03-05"}]</script>'
    assert visible_published(clues_of("", f"<h1>Blue</h1>{scripts}")) is None
