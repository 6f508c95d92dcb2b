"""The bundled articles: they all load, in every language, and their links and corrections fit."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bowerbird.demo.newsroom.errors import UnreadableStory
from bowerbird.demo.newsroom.publication import PUBLICATIONS
from bowerbird.demo.newsroom.story import Story, corrected, load_stories, read_story


def own_text(story: Story) -> bool:
    return story.copy_of is None


def test_there_are_enough_articles_in_every_language() -> None:
    count = Counter(story.language for story in load_stories() if own_text(story))
    assert count["en"] >= 10
    assert count["de"] >= 5
    assert count["zh"] >= 5
    assert count["ar"] + count["he"] >= 3
    assert count.total() >= 26


def test_every_slug_and_every_address_is_there_once() -> None:
    assert len({story.slug for story in load_stories()}) == len(load_stories())
    assert len({(story.publication, story.path) for story in load_stories()}) == len(load_stories())


def test_every_article_has_something_to_say() -> None:
    for story in load_stories():
        length = len(story.body) / 2 if story.language == "zh" else len(story.body.split())
        assert story.is_paywalled or length >= 150, story.slug
        assert story.authors, story.slug
        assert story.tags, story.slug
        assert story.description, story.slug


def test_every_article_stands_in_a_section_of_its_publication() -> None:
    for story in load_stories():
        assert story.home.section(story.section).key == story.section


def test_every_link_to_another_article_has_a_target() -> None:
    slugs = {story.slug for story in load_stories()}
    for story in load_stories():
        assert set(re.findall(r"\(story:([a-z0-9-]+)\)", story.body)) <= slugs, story.slug


def test_links_from_older_articles_do_not_lead_to_unpublished_ones() -> None:
    held_back = {story.slug for story in load_stories() if story.held_back is not None}
    for story in load_stories():
        if story.held_back is None:
            assert not held_back & set(re.findall(r"\(story:([a-z0-9-]+)\)", story.body)), story.slug


@pytest.mark.parametrize("publication", [publication.key for publication in PUBLICATIONS])
def test_two_articles_of_each_publication_are_held_back_and_one_can_be_corrected(publication: str) -> None:
    stories = [story for story in load_stories() if story.publication == publication]
    assert sum(story.held_back is not None for story in stories) >= 2
    assert any(story.correction is not None for story in stories)


def test_a_correction_changes_the_text_and_the_date_but_not_the_title() -> None:
    for story in load_stories():
        if story.correction is not None:
            for passage in story.correction.replace:
                assert story.body.count(passage.old) == 1, story.slug
            after = corrected(story, story.correction)
            assert after.title == story.title
            assert after.body != story.body
            assert after.updated > story.updated


def test_a_copy_repeats_its_original_word_for_word_in_another_publication() -> None:
    by_slug = {story.slug: story for story in load_stories()}
    (copy,) = [story for story in load_stories() if not own_text(story)]
    original = by_slug[copy.copy_of or ""]
    assert copy.body == original.body
    assert copy.publication != original.publication


def test_articles_of_the_windows_charset_can_be_written_in_it() -> None:
    (story,) = [story for story in load_stories() if story.charset != "utf-8"]
    assert story.body.encode(story.charset) != story.body.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["", "no front matter", "---\ntitle: [\n---\n\nbody", "---\ntitle: alone\n---\n\nbody"]
)
def test_a_file_that_is_no_story_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableStory, match=r"broken\.md: .*front matter"):
        read_story(path)
