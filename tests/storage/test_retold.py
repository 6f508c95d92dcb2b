"""The same text told otherwise: what of the record is replaced, and what is said of it."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from storage.article import Article, Author, Image, Moment, Origin, ReaderState
from storage.database.retold import retold
from storage.outcome import Recorded
from storage.verdict import Verdict
from tests.storage.brought import Brought

A, B, C = "https://example.org/a", "https://example.org/b", "https://new.example/c"
STORY = "The harbour opened on Monday after a long winter and the first boats left before dawn with the tide."
GUESS = Origin("text", "guess")
EIGHT = datetime(2026, 2, 1, 8, tzinfo=UTC)


def stored(run: Brought, made: Recorded) -> Article:
    assert made.article_id is not None
    return run.store.articles.get(made.article_id)


def test_a_new_title_over_the_same_text_is_a_change(run: Brought) -> None:
    first = run.page(A, STORY, article={"title": "Old", "language": "en", "origins": {"excerpt": Origin("meta")}})
    origins = {"title": Origin("json-ld")}
    made = run.page(A, STORY, article={"title": "New", "authors": (Author("Ann"),), "origins": origins})
    assert (made.verdict, made.article_id, made.title) == (Verdict.CHANGED, first.article_id, "New")
    assert made.reason == "the title and the authors changed"
    article = stored(run, made)
    assert (article.title, article.authors, article.language) == ("New", (Author("Ann"),), "en")
    assert article.origins == {"excerpt": Origin("meta"), "title": Origin("json-ld")}
    assert [revision.title for revision in run.store.articles.revisions(article.id)] == ["Old"]
    again = run.page(A, STORY, article={"title": "New"})
    assert (again.verdict, again.reason) == (Verdict.UNCHANGED, "the same text since 2026-03-01 12:01 UTC")


def test_exports_since_then_have_an_article_told_otherwise(run: Brought) -> None:
    run.page(A, STORY, article={"title": "Old"})
    captured = stored(run, run.page(A, STORY, article={"title": "Old"})).captured_at
    for values in ({"title": "New"}, {"title": "New", "tags": ("boats",)}):
        before = run.now
        run.page(A, STORY, article=values)
        assert [article.title for article in run.store.articles.iterate(since=run.now)] == ["New"]
        assert before < run.now
    run.page(A, STORY, article={"title": "New"})
    assert list(run.store.articles.iterate(since=run.now)) == []
    assert next(run.store.articles.iterate()).captured_at == captured


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"tags": ("boats",), "keywords": ("boats",)}, "tags"),
        ({"excerpt": "Boats again."}, "excerpt"),
        ({"images": (Image("https://example.org/i.png"),)}, "images"),
        ({"is_paywalled": True}, "paywall flag"),
        ({"tags": ("boats",), "excerpt": "Boats again."}, "tags and excerpt"),
    ],
)
def test_what_is_kept_in_passing_is_no_change(run: Brought, values: dict[str, object], what: str) -> None:
    run.page(A, STORY)
    made = run.page(A, STORY, article=values)
    assert (made.verdict, made.reason) == (Verdict.UNCHANGED, f"the same text; its {what} changed")
    article = stored(run, made)
    assert {name: getattr(article, name) for name in values} == values
    assert len(run.store.articles.revisions(article.id)) == 1


def test_a_page_that_is_free_now_is_flagged_so(run: Brought) -> None:
    run.page(A, STORY, verdict=Verdict.PAYWALLED)
    made = run.page(A, STORY)
    assert made.verdict is Verdict.UNCHANGED
    assert not stored(run, made).is_paywalled


def test_what_a_person_set_outlives_a_new_title(run: Brought) -> None:
    first = run.page(A, STORY, article={"category": "news", "extra": {"mood": "calm"}})
    state = ReaderState(already_read=True)
    assert first.article_id is not None
    run.store.articles.set_reader(first.article_id, state=state)
    article = stored(run, run.page(A, STORY, article={"title": "New", "reader": ReaderState(relevance=1)}))
    assert (article.title, article.reader, article.category, article.extra) == ("New", state, "news", {"mood": "calm"})


def test_a_copy_with_another_title_changes_nothing(run: Brought) -> None:
    run.page(A, STORY)
    for _ in range(2):
        made = run.page(B, STORY)
        assert made.verdict in (Verdict.DUPLICATE, Verdict.UNCHANGED)
        assert stored(run, made).title == f"Title of {A}"


def test_a_title_may_change_in_the_batch_that_captures_it(run: Brought) -> None:
    outcomes = [run.outcome(A, text, article={"title": title}) for text, title in
                ((STORY, "One"), (STORY, "Two"), (STORY + "More.", "Two"), (STORY + "More.", "Three"))]  # fmt: skip
    made = run.record(*outcomes)
    assert [one.verdict for one in made] == [Verdict.CAPTURED, *[Verdict.CHANGED] * 3]
    article = stored(run, made[0])
    assert (article.title, article.text) == ("Three", STORY + "More.")


def test_a_moved_page_with_a_new_title_is_told_by_it(run: Brought) -> None:
    run.page(A, STORY)
    made = run.page(A, STORY, final_url=C, redirects=(A,), article={"title": "New"})
    article = stored(run, made)
    assert (made.verdict, article.title, article.url, article.locations) == (Verdict.CHANGED, "New", A, (A, C))


@pytest.mark.parametrize("values", [{"not_modified": True, "status": 304}, {"status": 200}])
def test_where_an_unread_page_moved_to_becomes_its_own_place(run: Brought, values: dict[str, Any]) -> None:
    first = run.page(A, STORY)
    made = run.page(A, verdict=Verdict.UNCHANGED, reason="same", final_url=C, redirects=(A,), **values)
    assert (made.verdict, made.article_id) == (Verdict.UNCHANGED, first.article_id)
    article = stored(run, made)
    assert (article.url, article.locations) == (A, (A, C))
    assert run.page(C, "Quite another text about the lamps in the hall.").article_id == first.article_id


def test_an_unread_page_takes_no_place_from_another_article(run: Brought) -> None:
    run.page(A, STORY)
    other = run.page(C, "Quite another text about the lamps in the hall.")
    run.page(A, verdict=Verdict.UNCHANGED, reason="same", final_url=C, redirects=(A,))
    assert stored(run, other).locations == (C,)


def test_a_failed_redirect_is_no_place(run: Brought) -> None:
    first = run.page(A, STORY)
    run.page(A, verdict=Verdict.GONE, reason="404", final_url=C, redirects=(A,))
    assert stored(run, first).locations == (A,)


def article(**values: object) -> Article:
    fields: dict[str, object] = {"url": A, **values}
    return Article(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "fresh"),
    [
        ({"title": "T"}, {"title": ""}),
        ({"title": "T"}, {"title": "T\0"}),
        ({"title": "T"}, {"title": "U", "origins": {"title": GUESS}}),
        ({"authors": (Author("Ann"),)}, {"authors": ()}),
        ({"tags": ("a",), "keywords": ("a",)}, {}),
        ({"excerpt": "E"}, {"excerpt": "F", "origins": {"excerpt": GUESS}}),
        ({"images": (Image("/i?w=1", width=1),)}, {"images": (Image("/i?w=2"),)}),
    ],
)
def test_a_worse_value_replaces_none(known: dict[str, object], fresh: dict[str, object]) -> None:
    assert retold(article(**fresh), article(**known)) == ()


def test_a_guess_gives_way() -> None:
    guessed = article(title="T", origins={"title": GUESS})
    assert retold(article(title="U"), guessed) == ("title",)
    assert retold(article(title="U", origins={"title": GUESS}), guessed) == ("title",)
    assert retold(article(title="U", origins={"title": GUESS}), article()) == ("title",)


@pytest.mark.parametrize(
    ("known", "fresh", "is_replaced"),
    [
        (None, EIGHT, True),
        (EIGHT, None, False),
        (EIGHT, EIGHT.astimezone(timezone(timedelta(hours=5))), False),
        (EIGHT, EIGHT + timedelta(minutes=1), True),
        (EIGHT, date(2026, 2, 1), False),
        (EIGHT, date(2026, 2, 2), True),
        (date(2026, 2, 1), EIGHT, True),
        (date(2026, 2, 1), date(2026, 2, 1), False),
    ],
)
def test_a_day_does_not_replace_its_hour(known: Moment | None, fresh: Moment | None, is_replaced: bool) -> None:
    found = retold(article(published_at=fresh), article(published_at=known))
    assert found == (("published_at",) if is_replaced else ())
