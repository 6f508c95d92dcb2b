"""Runs of text as they are copied."""

import time

from lxml import html

from crawler.extract.inline import copy_children


def copied(fragment: str) -> str:
    target = html.fragment_fromstring("<p></p>")
    copy_children(html.fragment_fromstring(f"<p>{fragment}</p>"), target, base="https://example.org/")
    return str(html.tostring(target, encoding="unicode"))


def test_text_goes_behind_the_last_child() -> None:
    assert copied("a <u>b</u> c <span>d <i>e</i></span> f") == "<p>a <u>b</u> c d <em>e</em> f</p>"


def test_a_paragraph_of_thirty_thousand_lines_takes_no_longer_than_so_many_short_ones() -> None:
    begun = time.process_time()
    assert copied("a line<br>" * 30_000).count("<br>") == 30_000
    assert time.process_time() - begun < 2.5
