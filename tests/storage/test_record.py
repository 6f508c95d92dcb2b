"""What becomes of an outcome, on every database."""

import pytest

from storage.article import Article, Origin, ReaderState, Topic
from storage.cause import Cause, CauseKind
from storage.database.schema import articles
from storage.database.transaction import writing
from storage.errors import NoSuchRun
from storage.identity.article_id import article_id
from storage.identity.url import url_key
from storage.outcome import Validator
from storage.verdict import Verdict
from tests.storage.brought import Brought

A, B, C = "https://example.org/a", "https://example.org/b", "https://example.org/c"
ELSEWHERE = "https://copy.example/a"
STORY = "The harbour opened on Monday after a long winter and the first boats left before dawn with the tide. " * 3
OTHER = "Nobody expected the council to vote twice in one night, yet the lamps in the hall burned until four. " * 3


def test_a_new_page_is_captured(run: Brought) -> None:
    made = run.page(A, STORY)
    assert made.verdict is Verdict.CAPTURED
    assert made.article_id is not None
    article = run.store.articles.get(made.article_id)
    assert article.text == STORY
    assert article.locations == (A,)
    assert article.source == "harbour"


def test_the_same_text_at_the_same_url_is_unchanged(run: Brought) -> None:
    first = run.page(A, STORY)
    same = {"title": f"Title of {A}"}
    again = run.page(A + "?utm_source=feed#top", "  " + STORY.upper(), article=same)
    assert (again.verdict, again.article_id) == (Verdict.UNCHANGED, first.article_id)
    assert "2026-03-01 12:01" in again.reason
    assert run.store.articles.count() == 1


def test_a_changed_text_is_a_new_revision(run: Brought) -> None:
    first = run.page(A, STORY)
    made = run.page(A, STORY + "More tomorrow.", article={"title": "New title"})
    assert (made.verdict, made.article_id) == (Verdict.CHANGED, first.article_id)
    assert made.reason == "2 words more"
    assert made.article_id is not None
    assert run.store.articles.get(made.article_id).title == "New title"
    texts = [revision.text for revision in run.store.articles.revisions(made.article_id)]
    assert texts == [STORY, STORY + "More tomorrow."]


def test_the_same_text_at_another_url_is_a_duplicate_and_a_second_location(run: Brought) -> None:
    first = run.page(A, STORY)
    made = run.page(ELSEWHERE, STORY)
    assert (made.verdict, made.duplicate_of) == (Verdict.DUPLICATE, first.article_id)
    assert "same text as" in made.reason
    assert first.article_id is not None
    assert run.store.articles.get(first.article_id).locations == (A, ELSEWHERE)
    assert run.page(ELSEWHERE, STORY).verdict is Verdict.UNCHANGED


def test_a_copy_of_an_earlier_revision_is_a_duplicate(run: Brought) -> None:
    first = run.page(A, STORY)
    run.page(A, STORY + "More tomorrow.")
    made = run.page(ELSEWHERE, STORY)
    assert made.duplicate_of == first.article_id
    assert "earlier revision" in made.reason
    again = run.page(ELSEWHERE, STORY)
    assert (again.verdict, again.article_id) == (Verdict.UNCHANGED, first.article_id)


def test_a_text_that_comes_twice_in_a_batch_is_captured_once(run: Brought) -> None:
    one, two, three = run.record(run.outcome(A, STORY), run.outcome(B, STORY), run.outcome(A, STORY))
    assert [one.verdict, two.verdict, three.verdict] == [Verdict.CAPTURED, Verdict.DUPLICATE, Verdict.UNCHANGED]
    assert two.duplicate_of == one.article_id


def test_an_article_may_be_captured_and_changed_twice_in_one_batch(run: Brought) -> None:
    made = run.record(*(run.outcome(A, STORY + end) for end in ("", "More.", "Much more.")))
    assert [recorded.verdict for recorded in made] == [Verdict.CAPTURED, Verdict.CHANGED, Verdict.CHANGED]
    assert made[0].article_id is not None
    assert run.store.articles.get(made[0].article_id).text == STORY + "Much more."
    assert len(run.store.articles.revisions(made[0].article_id)) == 3


def test_a_page_that_takes_the_text_of_another_article_is_its_duplicate(run: Brought) -> None:
    first, second = run.record(run.outcome(A, STORY), run.outcome(B, OTHER))
    made, after = run.record(run.outcome(B, STORY), run.outcome(C, OTHER + "and more"))
    assert (made.verdict, made.duplicate_of) == (Verdict.DUPLICATE, first.article_id)
    assert after.verdict is Verdict.CAPTURED
    assert second.article_id is not None
    assert run.store.articles.get(second.article_id).text == OTHER
    assert run.page(B, OTHER + "again").article_id == second.article_id


def test_an_article_may_go_back_to_an_earlier_text(run: Brought) -> None:
    first = run.page(A, STORY)
    run.page(A, OTHER)
    made = run.page(A, STORY)
    assert (made.verdict, made.article_id) == (Verdict.CHANGED, first.article_id)
    assert "an earlier text again" in made.reason
    assert first.article_id is not None
    assert len(run.store.articles.revisions(first.article_id)) == 3


@pytest.mark.parametrize("verdict", [Verdict.PAYWALLED, Verdict.TRUNCATED])
def test_a_worse_fetch_never_replaces_a_good_text(run: Brought, verdict: Verdict) -> None:
    first = run.page(A, STORY)
    made = run.page(A, "The harbour opened on Monday. Subscribe.", verdict=verdict)
    assert (made.verdict, made.article_id) == (Verdict.UNCHANGED, first.article_id)
    assert "kept the" in made.reason
    assert first.article_id is not None
    assert run.store.articles.get(first.article_id).text == STORY


def test_a_shorter_text_that_is_whole_does_replace_the_longer_one(run: Brought) -> None:
    run.page(A, STORY)
    assert run.page(A, "The harbour opened.").verdict is Verdict.CHANGED


def test_a_good_text_replaces_a_part(run: Brought) -> None:
    first = run.page(A, "The harbour opened.", verdict=Verdict.PAYWALLED)
    assert first.verdict is Verdict.PAYWALLED
    assert first.article_id is not None
    assert run.store.articles.get(first.article_id).is_paywalled
    assert run.page(A, STORY).verdict is Verdict.CHANGED
    assert not run.store.articles.get(first.article_id).is_paywalled


def test_pages_without_words_are_never_duplicates(run: Brought) -> None:
    one, two = run.record(run.outcome(A, " "), run.outcome(B, "\0"))
    assert one.article_id != two.article_id
    assert run.page(B, "").verdict is Verdict.UNCHANGED
    assert run.page(A, STORY).verdict is Verdict.CHANGED
    assert "none" in run.page(A, "").reason


def test_what_a_person_set_outlives_a_change(run: Brought) -> None:
    made = run.page(A, STORY, article={"category": "news", "extra": {"mood": "calm"}})
    assert made.article_id is not None
    state = ReaderState(already_read=True, read_priority=3, relevance=5)
    run.store.articles.set_reader(made.article_id, state=state)
    run.page(A, OTHER, article={"reader": ReaderState(relevance=1)})
    article = run.store.articles.get(made.article_id)
    assert (article.text, article.reader, article.category) == (OTHER, state, "news")
    assert article.extra == {"mood": "calm"}


def test_one_canonical_url_for_every_page_merges_nothing(run: Brought) -> None:
    home = "https://example.org/"
    named = {"article": {"canonical_url": home}}
    one, two, first = run.record(
        run.outcome(A, STORY, **named), run.outcome(B, OTHER, **named), run.outcome(home, "Welcome to our town.")
    )
    assert len({one.article_id, two.article_id, first.article_id}) == 3
    three = run.page(C, "A third story of which nobody has heard.", **named)
    assert three.verdict is Verdict.CAPTURED
    assert f"its canonical URL is that of {first.article_id}" in three.reason


def test_two_pages_that_once_said_the_same_become_two_articles(run: Brought) -> None:
    soon = "This article is coming soon."
    first, second = run.record(run.outcome(A, soon), run.outcome(B, soon))
    assert second.verdict is Verdict.DUPLICATE
    changed, captured = run.record(run.outcome(A, STORY), run.outcome(B, OTHER))
    assert (changed.verdict, changed.article_id) == (Verdict.CHANGED, first.article_id)
    assert captured.verdict is Verdict.CAPTURED
    assert captured.article_id not in (first.article_id, None)
    assert run.page(B, OTHER + "More.").article_id == captured.article_id


def test_an_edit_at_a_second_url_of_the_site_is_a_revision(run: Brought) -> None:
    first = run.page(A, STORY)
    run.page(A + "?print=1", STORY)
    made = run.page(A + "?print=1", STORY + "Corrected on Tuesday.")
    assert (made.verdict, made.article_id) == (Verdict.CHANGED, first.article_id)


def test_a_moved_page_is_stored_once(run: Brought) -> None:
    first = run.page(A, STORY)
    moved = run.page(A, STORY, final_url=C)
    edited = run.page(A, STORY + "More.", final_url="https://new.example/c")
    later = run.page("https://new.example/c", OTHER)
    assert [moved.verdict, edited.verdict, later.verdict] == [Verdict.UNCHANGED, Verdict.CHANGED, Verdict.CHANGED]
    assert {first.article_id, moved.article_id, edited.article_id, later.article_id} == {first.article_id}


def test_a_url_that_leads_to_another_story_each_day_keeps_them_apart(run: Brought) -> None:
    latest = "https://example.org/latest"
    first = run.page(latest, STORY, final_url=A)
    second = run.page(latest, OTHER, final_url=B)
    assert second.verdict is Verdict.CAPTURED
    assert run.page(A, STORY + "More.").article_id == first.article_id
    assert run.page(B, OTHER + "More.").article_id == second.article_id


def test_a_304_names_its_article(run: Brought) -> None:
    first = run.page(A, STORY)
    made = run.page(A, verdict=Verdict.UNCHANGED, reason="304", not_modified=True, status=304)
    assert (made.article_id, made.title, made.reason) == (first.article_id, f"Title of {A}", "304")
    seen = run.store.attempts.last_seen([A])[A]
    assert (seen.first_at.minute, seen.last_at.minute, seen.verdict) == (1, 2, Verdict.UNCHANGED)


def test_every_outcome_is_one_attempt_with_its_verdict_and_reason(run: Brought) -> None:
    verdicts = [verdict for verdict in Verdict if verdict is not Verdict.CAPTURED]
    run.record(*(run.outcome(f"{A}/{verdict}", verdict=verdict, reason=f"why {verdict}") for verdict in verdicts))
    attempts = run.store.attempts.of_run(1)
    assert [(attempt.verdict, attempt.reason) for attempt in attempts] == [(v, f"why {v}") for v in verdicts]
    assert run.store.runs.get(1).attempts == len(verdicts)
    assert run.store.attempts.counts() == dict.fromkeys(verdicts, 1)


def test_what_no_database_can_hold_is_left_out(run: Brought) -> None:
    bad = "a\0b\ud800c"
    made = run.page(
        A + bad,
        STORY + bad,
        reason=bad,
        article={"title": bad, "keywords": (bad,), "extra": {bad: [bad, float("nan")]}},
        validator=Validator(url=A, etag=bad),
    )
    assert made.article_id is not None
    article = run.store.articles.get(made.article_id)
    assert (article.title, article.keywords) == ("ab\ufffdc", ("ab\ufffdc",))
    assert run.page(A + bad, STORY + bad, article={"title": bad}).verdict is Verdict.UNCHANGED
    assert run.store.attempts.of_url(A + bad)[0].reason == "ab\ufffdc"


def test_articles_without_a_url_are_known_by_their_text(run: Brought) -> None:
    one, two, again = run.record(run.outcome("", STORY), run.outcome("", OTHER), run.outcome("", STORY))
    assert one.article_id != two.article_id
    assert (again.verdict, again.article_id) == (Verdict.UNCHANGED, one.article_id)


def test_an_id_brought_from_another_store_is_kept_unless_it_is_taken(run: Brought) -> None:
    one, two = run.record(
        run.outcome(A, STORY, article={"id": "abcdefghij"}), run.outcome(B, OTHER, article={"id": "abcdefghij"})
    )
    assert one.article_id == "abcdefghij"
    assert two.article_id not in (None, "abcdefghij")
    other = run.page(C, "Neither of the two.", article={"id": "abcdefghij"})
    assert other.article_id not in (None, "abcdefghij", two.article_id)


def test_a_run_that_is_not_there_takes_nothing(run: Brought) -> None:
    with pytest.raises(NoSuchRun, match="99"):
        run.store.record(99, [run.outcome(A, STORY)])
    assert run.store.articles.count() == 0
    assert run.store.record(99, []) == []


def test_an_article_comes_back_as_it_was_captured(run: Brought, full_article: Article) -> None:
    made = run.page(full_article.url, full_article.text, article=fields_of(full_article))
    assert made.article_id is not None
    article = run.store.articles.get(made.article_id)
    for name, value in fields_of(full_article).items():
        if name not in ("id", "locations", "content_hash"):
            assert getattr(article, name) == value, name


def test_a_topic_stored_before_topics_had_descriptions_is_read(run: Brought) -> None:
    made = run.page(A, STORY)
    assert made.article_id is not None
    with writing(run.store.engine) as connection:
        connection.execute(articles.update().values(record={"topics": [{"name": "SQL", "kind": "Concept"}]}))
    assert run.store.articles.get(made.article_id).topics == (Topic("SQL", "Concept"),)


def fields_of(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}


def test_a_collision_of_ids_makes_a_longer_one(run: Brought) -> None:
    taken = article_id(url_key(B))
    one, two = run.record(run.outcome(A, STORY, article={"id": taken}), run.outcome(B, OTHER))
    assert one.article_id == taken
    assert two.article_id == article_id(url_key(B), length=11)
    run.page(C, "A third one.", article={"id": article_id(url_key(C + "/d"))})
    assert run.page(C + "/d", "A fourth one.").article_id == article_id(url_key(C + "/d"), length=11)


def test_what_a_file_said_outlives_a_new_text(run: Brought) -> None:
    told = {name: Origin("file") for name in ("summary", "tags", "topics")}
    note = {"summary": "S", "tags": ("mine",), "topics": (Topic("T", "Tool"),), "origins": told}
    run.page(A, "a note", article=note)
    page = {"tags": ("theirs",), "origins": {"tags": Origin("json-ld")}}
    for text in (STORY, STORY):
        run.page(A, text, article=page)
        (article,) = run.store.articles.list(limit=9)
        assert article.text == STORY
        assert (article.summary, article.tags, article.topics) == ("S", ("mine",), (Topic("T", "Tool"),))
        assert article.origins["tags"].origin == "file"


def test_the_cause_of_a_verdict_is_kept_unless_the_store_found_another(run: Brought) -> None:
    wall, cut = Cause(CauseKind.CHALLENGE, "Cloudflare"), Cause(CauseKind.CUT_TEXT)
    run.page(A, verdict=Verdict.BLOCKED, cause=wall)
    assert [attempt.cause for attempt in run.store.attempts.of_url(A)] == [wall]
    assert run.page(B, STORY, verdict=Verdict.PAYWALLED, cause=cut).cause == cut
    again = run.page(B, STORY, verdict=Verdict.PAYWALLED, cause=cut)
    assert (again.verdict, again.cause) == (Verdict.UNCHANGED, None)
