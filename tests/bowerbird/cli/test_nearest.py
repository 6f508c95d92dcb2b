"""What is said of a URL that nobody ever offered."""

from datetime import UTC, datetime

import pytest

from bowerbird.cli.nearest import nearest_to
from storage.database.store import Store, open_store
from storage.outcome import Outcome
from storage.settings import StorageSettings
from storage.source import Source
from storage.verdict import Verdict

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KNOWN = "https://news.example.org/story?page=2"
LEDGER = Source(name="ledger", url="https://www.example.org/feed", exclude=("*/tag/*",))
NOTES = Source(name="notes", url="https://feeds.example.net/all.xml", include=("*/story*",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with two sources, one of which offered a page of another host than its own."""
    store = open_store(StorageSettings(database=f"sqlite:///{tmp_path_factory.mktemp('near') / 'store.db'}"))
    store.sources.add(LEDGER)
    store.sources.add(NOTES)
    store.sources.set_paused("notes", is_paused=True)
    run = store.runs.start("notes", trigger="crawl", now=NOW)
    for url in (KNOWN, "https://news.example.org/50%_off/", "https://news.example.org/50x_off/?a=1"):
        store.record(run, [Outcome(url=url, verdict=Verdict.GONE, reason="x", at=NOW)])
    return store


WATCHED = "but its auto at https://www.example.org/feed never listed this URL"
LISTED = "but its auto at https://feeds.example.net/all.xml never listed this URL"
PAUSED = "source notes (paused) has this site"
NEAR = (
    ("https://example.org/news/a", [f"source ledger has this site, {WATCHED}"]),
    ("https://example.org/tag/birds", ["would refuse it: the source's exclude rule '*/tag/*' matches"]),
    ("https://news.example.org/story", [f"known with another query: {KNOWN}", f"{PAUSED}, {LISTED}"]),
    ("https://news.example.org/story?page=3", ["(gone on 2026-03-01, by notes)", PAUSED]),
    ("https://news.example.org/other", ["would refuse it: none of the source's include rules matches: */story*"]),
    ("https://news.example.org/50%_off", ["with another ending: https://news.example.org/50%_off/", "source notes"]),
    ("https://unknown.example/a", ["no source watches unknown.example; `bowerbird sources add NAME URL` would"]),
    ("nonsense", ["nonsense is no URL that could be fetched: it has no host"]),
)


@pytest.mark.parametrize(("url", "lines"), NEAR)
def test_the_nearest_thing_known_is_said(store: Store, url: str, lines: list[str]) -> None:
    said = nearest_to(url, store)
    assert len(said) == len(lines), said
    assert [line for line, found in zip(lines, said, strict=True) if line not in found] == [], said


def test_a_neighbour_is_one_that_differs_in_query_or_slash_only(store: Store) -> None:
    urls = ("https://news.example.org/story", "https://news.example.org/stor", "https://news.example.org/50%_off")
    assert [[attempt.url for attempt in store.attempts.beside(url)] for url in urls] == [
        [KNOWN], [], ["https://news.example.org/50%_off/"],
    ]  # fmt: skip


def test_whoever_offered_a_page_of_a_host_has_it(store: Store) -> None:
    assert store.attempts.sources_of("news.example.org") == ["notes"]
    assert store.attempts.sources_of("news.example.or") == []
