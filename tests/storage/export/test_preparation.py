"""What is done to articles before their files are made, seen in the files."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage.article import Article, Image, Topic
from storage.export.choices import Choices
from storage.export.folder import Folder
from storage.export.mirror import due_articles, export
from storage.export.picture_shelf import open_shelf
from storage.export.profile import Profile
from storage.formats.sealing_key import read_sealing_key
from tests.storage.export.articles import Shelf, an_article

KEY = read_sealing_key("ab" * 32, name="KEY")
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
PICTURE = "https://x.org/p.png"


def the_file(folder: Path, pattern: str) -> str:
    (path,) = folder.glob(pattern)
    return path.read_text()


def test_an_item_keeps_its_envelope_whatever_becomes_of_it(tmp_path: Path) -> None:
    profile = Profile(name="n", format="news", folder=tmp_path)
    shelf = Shelf(an_article("a"))
    export(shelf, profile, choices=Choices(key=KEY))
    first = the_file(tmp_path, "_news/*.md")
    assert 'secured: "' in first
    shelf.change("a", title="Another", text="Other words.")
    export(shelf, profile, choices=Choices(key=read_sealing_key("cd" * 32, name="KEY")))
    second = the_file(tmp_path, "_news/*.md")
    assert "Another" in second
    assert second.split("\nsecured: ")[1] == first.split("\nsecured: ")[1]
    shelf.change("a", title="A third")
    export(shelf, profile)
    assert the_file(tmp_path, "_news/*.md").split("\nsecured: ")[1] == first.split("\nsecured: ")[1]


def test_without_a_key_nothing_is_sealed(tmp_path: Path) -> None:
    export(Shelf(an_article("a")), Profile(name="n", format="news", folder=tmp_path))
    assert "secured" not in the_file(tmp_path, "_news/*.md")


def test_one_thing_keeps_one_name_and_gets_a_note(tmp_path: Path) -> None:
    profile = Profile(name="n", format="note", folder=tmp_path)
    (tmp_path / "topics/Tool").mkdir(parents=True)
    (tmp_path / "topics/Tool/LangChain.md").write_text("---\ntype: Tool\n---\n\nMine.")
    articles = [
        replace(an_article("a"), topics=(Topic("Langchain", "Tool"),)),
        replace(an_article("b"), topics=(Topic("RAG", "Concept"),)),
        replace(an_article("c"), topics=(Topic("rag", "Concept"),)),
    ]
    assert export(articles, profile).shared == ("topics/Concept/RAG.md",)
    texts = "".join(path.read_text() for path in sorted(tmp_path.glob("contents/*/*.md")))
    assert texts.count("![[topics/Tool/LangChain]]") == 1
    assert texts.count("![[topics/Concept/RAG]]") == 2
    assert (tmp_path / "topics/Tool/LangChain.md").read_text().endswith("Mine.")


def pictured(article_id: str) -> Article:
    return replace(an_article(article_id), images=(Image(PICTURE),), body=f"Words.\n\n![a]({PICTURE})")


@pytest.mark.parametrize("form", ["hugo", "jekyll", "astro", "obsidian", "post"])
def test_pictures_that_came_are_shown_and_others_when_they_come(tmp_path: Path, form: str) -> None:
    profile = Profile(name="p", format=form, folder=tmp_path, images="download")
    shelf = Shelf(pictured("a"))
    export(shelf, profile)
    assert PICTURE in the_file(tmp_path, "**/*.md")
    # The file is not final: it comes up again, and with the picture it is.
    assert due_articles(shelf, profile, choices=Choices()) == ["a"]
    with Folder(tmp_path) as folder:
        pictures = open_shelf(folder, profile_name="p")
        pictures.put(PICTURE, PNG)
        pictures.save()
    assert export(shelf, profile).written == 1
    text = the_file(tmp_path, "**/*.md")
    assert PICTURE not in text
    (picture,) = [path for path in tmp_path.rglob("*.png") if ".bowerbird" not in path.parts]
    assert picture.read_bytes() == PNG
    assert picture.name in text
    assert due_articles(shelf, profile, choices=Choices()) == []
    assert export(shelf, profile).unchanged == 1


def test_a_dry_run_lays_out_no_picture(tmp_path: Path) -> None:
    profile = Profile(name="p", format="hugo", folder=tmp_path, images="download")
    with Folder(tmp_path) as folder:
        pictures = open_shelf(folder, profile_name="p")
        pictures.put(PICTURE, PNG)
        pictures.save()
    assert export(Shelf(pictured("a")), profile, choices=Choices(is_dry=True)).written == 1
    assert [path for path in tmp_path.rglob("*.png") if ".bowerbird" not in path.parts] == []


def test_pruning_takes_the_pictures_that_nobody_shows_any_more(tmp_path: Path) -> None:
    profile = Profile(name="p", format="hugo", folder=tmp_path, images="download")
    with Folder(tmp_path) as folder:
        pictures = open_shelf(folder, profile_name="p")
        pictures.put(PICTURE, PNG)
        pictures.save()
    export(Shelf(pictured("a"), an_article("b")), profile)
    removed = export(Shelf(an_article("b")), profile, choices=Choices(is_pruned=True)).removed
    assert removed == 2
    assert {path.name for path in tmp_path.glob("content/posts/*/*")} == {"index.md"}


def test_a_format_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the format news shows no pictures; say images: link"):
        Profile(name="n", format="news", folder=tmp_path, images="download")
