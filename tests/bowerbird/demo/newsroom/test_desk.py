"""The desk: publishing, correcting, and what it answers when it cannot."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bowerbird.demo.newsroom.desk import Desk
from bowerbird.demo.newsroom.errors import NewsroomError, NoCorrection, NotStarted, UnknownStory, UnreadableStory
from bowerbird.demo.newsroom.publication import PUBLICATIONS
from bowerbird.demo.newsroom.story import load_stories

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


@pytest.fixture
def desk() -> Desk:
    return Desk(load_stories(), clock=noon)


def test_what_is_held_back_comes_out_in_turn_and_is_dated_then(desk: Desk) -> None:
    waiting = desk.held_back()
    story = desk.publish_next()
    assert story is not None
    assert story.slug == waiting[0].slug
    assert story.published == NOON
    assert desk.published(story.publication)[0] == story
    assert desk.held_back() == waiting[1:]


def test_every_publication_gets_one_of_the_first_three(desk: Desk) -> None:
    first = [desk.publish_next() for _ in PUBLICATIONS]
    assert {story.publication for story in first if story} == {publication.key for publication in PUBLICATIONS}


def test_when_all_are_out_nothing_more_comes(desk: Desk) -> None:
    for _ in desk.held_back():
        desk.publish_next()
    assert desk.publish_next() is None


def test_two_changes_within_one_second_have_two_dates(desk: Desk) -> None:
    first = desk.changed_at("harbour-ledger")
    desk.correct("swing-bridge-budget")
    second = desk.changed_at("harbour-ledger")
    while (story := desk.publish_next()) and story.publication != "harbour-ledger":
        pass
    assert first < second < desk.changed_at("harbour-ledger")


def test_a_story_is_corrected_once(desk: Desk) -> None:
    desk.correct("trockenmauer")
    with pytest.raises(NoCorrection, match="trockenmauer"):
        desk.correct("trockenmauer")


def test_a_story_without_a_correction_says_so(desk: Desk) -> None:
    with pytest.raises(NoCorrection, match="seal-count"):
        desk.correct("seal-count")


def test_an_unknown_story_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownStory, match="no-such-story"):
        desk.correct("no-such-story")


@pytest.mark.parametrize(
    ("error", "subject"),
    [
        (UnreadableStory(Path("stories/a.md"), reason="no title"), "a.md"),
        (UnknownStory("a-slug"), "a-slug"),
        (NoCorrection("a-slug"), "a-slug"),
        (NotStarted(timeout_seconds=15), "15 s"),
    ],
)
def test_every_error_names_its_subject(error: NewsroomError, subject: str) -> None:
    assert subject in str(error)
