"""Which sources are kept, and who crawls which: on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database.store import Store, open_store
from storage.errors import NoSuchSource, SourceExists
from storage.outcome import Validator
from storage.settings import StorageSettings
from storage.source import Source, SourceKind, Standing
from tests.storage.brought import NOON, Brought

LEASE = timedelta(minutes=10)
BLOG = Source(
    name="blog",
    url="https://example.org/feed.xml",
    include=("/news/*",),
    exclude=("/ads/*",),
    since="30d",
    tags=("t",),
    category="news",
    body="main",
    recheck=(),
    max_pages=9,
    full_text="feed",
    headers={"Authorization": "Bearer ${DESK_TOKEN}"},
    cookies={"session": "${SESSION}"},
    render="browser",
    fallbacks=("https://example.org/sitemap.xml",),
)
NEWS = Source(name="news", url="https://example.org/news", kind=SourceKind.SECTION, every="6h")


def names(store: Store) -> list[str]:
    return [state.source.name for state in store.sources.list()]


def test_a_source_comes_back_as_it_was_declared(store: Store) -> None:
    store.sources.sync([BLOG])
    store.sources.add(NEWS)
    assert [(state.source, state.origin) for state in store.sources.list()] == [(BLOG, "file"), (NEWS, "store")]
    assert store.sources.get("news").kind is SourceKind.SECTION


def test_the_file_takes_away_only_what_it_brought(store: Store, run: Brought) -> None:
    run.page("https://example.org/a", "A text.")
    store.sources.add(NEWS)
    store.sources.sync([BLOG])
    store.sources.sync([])
    assert names(store) == ["news"]
    assert store.articles.count() == 1
    assert store.runs.get(run.run_id).source == "harbour"


def test_the_file_wins_for_the_names_it_holds(store: Store) -> None:
    store.sources.add(Source(name="blog", url="https://example.org/other"))
    store.sources.sync([BLOG])
    assert store.sources.get("blog").source == BLOG
    store.sources.sync([])
    assert names(store) == []


def test_a_sync_keeps_the_state_of_a_source_unless_it_is_another_one(store: Store) -> None:
    store.sources.sync([BLOG])
    later = NOON + timedelta(hours=1)
    store.sources.release("blog", now=NOON, next_run_at=later, failed=True, found_kind=SourceKind.FEED)
    store.sources.set_paused("blog", is_paused=True)
    store.sources.sync([Source(name="blog", url=BLOG.url, category="other")])
    state = store.sources.get("blog")
    assert (state.next_run_at, state.failures, state.kind, state.is_paused) == (later, 1, SourceKind.FEED, True)
    store.sources.sync([Source(name="blog", url="https://example.org/moved")])
    state = store.sources.get("blog")
    assert (state.next_run_at, state.failures, state.kind, state.is_paused) == (None, 0, SourceKind.AUTO, True)


def test_a_sync_that_moves_a_fallback_leaves_the_source_where_it_is_looked_for(store: Store) -> None:
    first, second = "https://example.org/a.xml", "https://example.org/b.xml"
    store.sources.sync([replace(BLOG, fallbacks=(first,))])
    store.sources.change("blog", place=1, found_kind="feed")
    store.sources.sync([replace(BLOG, fallbacks=(second, first))])
    state = store.sources.get("blog")
    assert (state.url, state.place, state.kind, state.target.url) == (first, 2, SourceKind.FEED, first)
    store.sources.sync([replace(BLOG, fallbacks=(second,))])
    state = store.sources.get("blog")
    assert (state.url, state.place, state.kind) == (BLOG.url, 0, SourceKind.AUTO)


def test_a_second_source_of_one_name_is_refused(store: Store) -> None:
    store.sources.add(BLOG)
    with pytest.raises(SourceExists, match="blog"):
        store.sources.add(BLOG)


def test_a_source_that_is_not_there_is_named_with_a_near_one(store: Store) -> None:
    store.sources.add(BLOG)
    with pytest.raises(NoSuchSource, match="Did you mean 'blog'"):
        store.sources.get("blogg")
    with pytest.raises(NoSuchSource, match="Did you mean 'blog'"):
        store.sources.set_paused("blogg", is_paused=True)
    with pytest.raises(NoSuchSource, match="Did you mean 'blog'"):
        store.sources.plan("blogg", None)
    with pytest.raises(NoSuchSource, match="Did you mean 'blog'"):
        store.sources.remove("blogg")


def test_a_removed_source_stays_removed_when_its_run_ends(store: Store) -> None:
    store.sources.add(BLOG)
    store.sources.remove("blog")
    store.sources.release("blog", now=NOON, next_run_at=None, failed=False)
    assert names(store) == []


def test_what_is_due_is_claimed_longest_overdue_first(store: Store) -> None:
    for name, minutes in (("a", 5), ("b", -5), ("c", -60), ("d", 0)):
        store.sources.add(Source(name=name, url=f"https://example.org/{name}"))
        store.sources.plan(name, NOON + timedelta(minutes=minutes))
    store.sources.add(Source(name="new", url="https://example.org/new"))
    store.sources.add(Source(name="paused", url="https://example.org/paused"))
    store.sources.set_paused("paused", is_paused=True)
    claimed = store.sources.claim_due(NOON, lease=LEASE, limit=3)
    assert [state.source.name for state in claimed] == ["new", "c", "b"]
    assert {state.claimed_until for state in claimed} == {NOON + LEASE}
    assert [state.source.name for state in store.sources.claim_due(NOON, lease=LEASE, limit=3)] == ["d"]
    assert store.sources.claim_due(NOON, lease=LEASE, limit=3) == []


def test_a_claim_ends_with_its_release_or_with_its_lease(store: Store) -> None:
    store.sources.add(BLOG)
    assert store.sources.claim("blog", NOON, lease=LEASE) is not None
    assert store.sources.claim("blog", NOON + LEASE - timedelta(seconds=1), lease=LEASE) is None
    assert len(store.sources.claim_due(NOON + LEASE, lease=LEASE, limit=1)) == 1
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=True)
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=True)
    assert store.sources.get("blog").failures == 2
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=False)
    state = store.sources.get("blog")
    assert (state.failures, state.claimed_until, state.last_run_at, state.next_run_at) == (0, None, NOON, NOON)
    assert len(store.sources.claim_due(NOON, lease=LEASE, limit=1)) == 1


def test_two_stores_never_claim_the_same_source(settings: StorageSettings) -> None:
    with open_store(settings) as one, open_store(settings) as other:
        one.sources.sync([Source(name=f"s{number:03}", url="https://example.org/") for number in range(60)])

        def claim_all(store: Store) -> list[str]:
            claimed: list[str] = []
            for _ in range(60):  # more than enough, and an end for a store that claims for ever
                states = store.sources.claim_due(NOON, lease=LEASE, limit=4)
                claimed += [state.source.name for state in states]
            return claimed

        with ThreadPoolExecutor(4) as pool:
            parts = list(pool.map(claim_all, [one, other, one, other]))
    claimed = [name for part in parts for name in part]
    assert len(claimed) == len(set(claimed)) == 60


def test_many_sources_are_added_at_once_or_none(store: Store) -> None:
    many = [Source(name=f"blog {n}", url=f"https://example.org/{n}") for n in range(3)]
    store.sources.add_all([])
    store.sources.add_all(many)
    assert names(store) == ["blog 0", "blog 1", "blog 2"]
    with pytest.raises(SourceExists, match="blog 1"):
        store.sources.add_all([Source(name="new", url="https://example.org/new"), many[1]])
    assert names(store) == ["blog 0", "blog 1", "blog 2"]


def test_a_release_says_where_a_source_is_looked_for_and_forgets_what_was_there(store: Store) -> None:
    spare = "https://example.org/spare"
    store.sources.add(replace(BLOG, fallbacks=(spare,)))
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=True, found_kind=SourceKind.FEED)
    store.validators.save([Validator(url=url, etag="x") for url in (BLOG.url, spare, "https://example.org/kept")])
    moved = Standing(
        place=1, empty_runs=0, since=NOON, because="it failed", own_tried_at=NOON, unlearned=(BLOG.url, spare),
        is_moved=True,
    )  # fmt: skip
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=False, standing=moved)
    state = store.sources.get("blog")
    assert (state.url, state.place_since, state.place_because, state.own_tried_at) == (spare, NOON, "it failed", NOON)
    assert (state.found_kind, state.failures) == (None, 0)
    urls = [BLOG.url, spare, "https://example.org/kept"]
    assert list(store.validators.for_urls(urls)) == ["https://example.org/kept"]
    store.sources.release("blog", now=NOON, next_run_at=NOON, failed=False, found_kind=SourceKind.SECTION)
    state = store.sources.get("blog")
    assert (state.url, state.kind) == (spare, SourceKind.SECTION)
