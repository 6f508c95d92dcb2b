"""Documents that several articles refer to: written once, and never over a person's."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from storage.article import Article
from storage.export.choices import Choices
from storage.export.folder import Folder
from storage.export.ledger import close_ledger
from storage.export.mirror import mirror_of
from storage.export.profile import Profile
from storage.export.prune import prune
from storage.export.reconcile import fresh_from
from storage.export.rendering import Recipe, Rendered, Renderer
from storage.export.shared import shared_documents
from storage.formats.format import Document
from storage.formats.registry import find_format
from tests.storage.export.articles import Shelf, an_article

HARBOUR = Document("topics/Harbour.md", "# Harbour\n")


class Sharing:
    """A format whose articles refer to a document for each of their tags."""

    def shared(self, article: Article, options: Mapping[str, object]) -> Sequence[Document]:
        return [Document(f"topics/{tag}.md", str(options["text"])) for tag in article.tags]


class SharingRenderer(Renderer):
    """Renders articles that share a document a tag; the text is the same for all."""

    def __init__(self, text: str) -> None:
        super().__init__(Recipe("text", {}))
        self.text = text

    def begin(self, articles: Sequence[Article]) -> Iterator[Rendered]:
        for article in articles:
            shared = tuple(shared_documents(Sharing(), article, {"text": self.text}))
            yield Rendered(article.id, f"{article.id}.txt", fresh_from("x"), shared)


def write(folder: Path, shelf: Shelf, *, text: str = "# Harbour\n", is_pruned: bool = False) -> list[str]:
    """Export, and return the shared documents that were written."""
    with Folder(folder) as opened:
        mirror = mirror_of(Profile(name="p", format="text", folder=folder), opened, Choices())
        mirror.run(shelf, SharingRenderer(text), advance=lambda: None)
        removed = (
            list(prune(mirror.seen, folder=opened, ledger=mirror.ledger, finder=mirror.finder)) if is_pruned else []
        )
        close_ledger(opened, mirror.ledger)
    return mirror.shared + [f"-{file.path}" for file in removed]


def a_shelf(*tags: str) -> Shelf:
    shelf = Shelf(an_article("a"), an_article("b"))
    for article_id in ("a", "b"):
        shelf.change(article_id, tags=tags)
    return shelf


def test_a_format_says_what_its_articles_share_or_has_no_such_thing() -> None:
    article = Article(url="https://x.org/", tags=("a", "b"))
    found = shared_documents(Sharing(), article, {"text": "t"})
    assert [document.path for document in found] == ["topics/a.md", "topics/b.md"]
    assert shared_documents(find_format("text"), article, {}) == ()


def test_what_two_articles_share_is_written_once(tmp_path: Path) -> None:
    assert write(tmp_path, a_shelf("Harbour")) == [HARBOUR.path]
    assert (tmp_path / HARBOUR.path).read_text() == HARBOUR.text
    shelf = a_shelf("Harbour")
    shelf.change("a", text="Changed.")
    assert write(tmp_path, shelf) == []


def test_it_stays_as_it_is_whatever_is_said_later(tmp_path: Path) -> None:
    shelf = a_shelf("Harbour")
    write(tmp_path, shelf)
    shelf.change("a", text="Changed.")
    assert write(tmp_path, shelf, text="# Port\n") == []
    assert (tmp_path / HARBOUR.path).read_text() == HARBOUR.text


def test_one_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / HARBOUR.path).write_text("mine")
    assert write(tmp_path, a_shelf("Harbour")) == []
    assert (tmp_path / HARBOUR.path).read_text() == "mine"


def test_one_that_was_deleted_is_written_again_with_the_next_article_that_refers_to_it(tmp_path: Path) -> None:
    shelf = a_shelf("Harbour")
    write(tmp_path, shelf)
    (tmp_path / HARBOUR.path).unlink()
    shelf.change("a", text="Changed.")
    assert write(tmp_path, shelf) == [HARBOUR.path]


def test_pruning_removes_those_that_nobody_refers_to_any_more(tmp_path: Path) -> None:
    shelf = a_shelf("Harbour", "Quay")
    write(tmp_path, shelf)
    assert write(tmp_path, shelf, is_pruned=True) == []
    for article_id in ("a", "b"):
        shelf.change(article_id, tags=("Quay",))
    assert write(tmp_path, shelf, is_pruned=True) == [f"-{HARBOUR.path}"]
    assert [file.name for file in (tmp_path / "topics").iterdir()] == ["Quay.md"]


def test_pruning_keeps_an_edited_one_without_a_word(tmp_path: Path) -> None:
    shelf = a_shelf("Harbour")
    write(tmp_path, shelf)
    (tmp_path / HARBOUR.path).write_text("mine")
    for article_id in ("a", "b"):
        shelf.change(article_id, tags=())
    assert write(tmp_path, shelf, is_pruned=True) == []
