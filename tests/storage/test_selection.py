"""What an export learns of the store before it loads anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.article import ReaderState
from storage.database.store import Store
from tests.storage.brought import NOON, Brought

TEXTS = ["The harbour is empty.", "A bridge swings over the Harbour.", "ÜBER Brücken: 100% of a_b."]


@pytest.fixture
def ids(run: Brought) -> list[str]:
    """The ids of three articles, first captured first."""
    return [str(run.page(f"https://example.org/{n}", text).article_id) for n, text in enumerate(TEXTS)]


def chosen(store: Store, **wanted: Any) -> list[str]:
    return [stamp.id for stamp in store.articles.selection(**wanted).stamps()]


def test_every_article_has_a_stamp_in_the_order_of_capture(store: Store, ids: list[str]) -> None:
    assert chosen(store) == ids


@pytest.mark.parametrize("at_once", [1, 2, 3, 4])
def test_many_stamps_come_some_at_a_time(store: Store, ids: list[str], at_once: int) -> None:
    selection = replace(store.articles.selection(), stamps_at_once=at_once)
    assert [stamp.id for stamp in selection.stamps()] == ids


def test_articles_are_loaded_by_their_ids(store: Store, ids: list[str]) -> None:
    loaded = store.articles.selection().load([ids[2], "none", ids[0]])
    assert {article.id: article.text for article in loaded} == {ids[0]: TEXTS[0], ids[2]: TEXTS[2]}


def test_a_stamp_changes_with_the_text_and_with_what_a_reader_sets(store: Store, ids: list[str], run: Brought) -> None:
    seen = [dict(store.articles.selection().stamps())]
    run.page("https://example.org/0", "The harbour is full.")
    seen.append(dict(store.articles.selection().stamps()))
    store.articles.set_reader(ids[0], state=ReaderState(already_read=True))
    seen.append(dict(store.articles.selection().stamps()))
    assert len({stamps[ids[0]] for stamps in seen}) == 3
    assert len({stamps[ids[1]] for stamps in seen}) == 1


def test_what_a_reader_sets_counts_as_changed_since(store: Store, ids: list[str], run: Brought) -> None:
    after = run.now + timedelta(days=1)
    assert chosen(store, since=after) == []
    assert chosen(store, since=NOON) == ids
    store.articles.set_reader(ids[1], state=ReaderState(relevance=4))
    assert chosen(store, since=after) == [ids[1]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [0, 1, 2]),
        ("harbour", [0, 1]),
        ("HARBOUR bridge", [1]),
        ("example", [0, 1, 2]),
        ("über", [2]),
        ("100%", [2]),
        ("a_b", [2]),
        ("a-b", []),
        ("%", [2]),
    ],
)
def test_words_choose_as_a_search_does_without_a_limit(
    store: Store, ids: list[str], words: str, found: list[int]
) -> None:
    assert chosen(store, words=words) == [ids[number] for number in found]
    assert [article.id for article in store.articles.iterate(words=words)] == chosen(store, words=words)
    assert {article.id for article in store.articles.search(words, limit=9)} == set(chosen(store, words=words))


def test_named_articles_only(store: Store, ids: list[str]) -> None:
    assert chosen(store, ids=[ids[2], "none"]) == [ids[2]]
    assert chosen(store, ids=[]) == []
