"""What a page states about itself in its head."""

import time

from tests.crawler.extract.conftest import ReadClues


def test_a_value_that_is_said_twice_counts_once(clues_of: ReadClues) -> None:
    head = "<meta name=keywords content=blue><meta name=keywords content=green><meta property=keywords content=blue>"
    assert clues_of(head).meta["keywords"] == ("blue", "green")


def test_of_values_without_end_the_first_are_read(clues_of: ReadClues) -> None:
    begun = time.process_time()
    clues = clues_of("".join(f"<meta name=keywords content='word {number}'>" for number in range(20_000)))
    assert len(clues.meta["keywords"]) == 500
    assert time.process_time() - begun < 1.5
