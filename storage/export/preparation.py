"""What is done to an article before its file is made: sealed, its topics named, its pictures given places.

Not for the text of the file, which is the format's; whatever is done here is the same at the next run.
"""

from dataclasses import dataclass

from storage.article import BY_FILE, Article
from storage.export.choices import Choices
from storage.export.folder import Folder
from storage.export.ledger import Ledger
from storage.export.naming import article_key
from storage.export.picture_shelf import PictureShelf, open_shelf
from storage.export.profile import Profile
from storage.export.rendering import Recipe, path_of
from storage.export.sealing import sealed
from storage.export.topics import KnownTopics
from storage.export.walk import visible_in
from storage.formats.topic_note import FOLDER, SUFFIX


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be rendered. secured: its envelope; pictures: the names of those that its file shows.

    is_provisional: a picture is still to be fetched, so the file is not final.
    """

    article: Article
    secured: str = ""
    pictures: tuple[str, ...] = ()
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Preparation:
    """Prepares the articles of one profile, one after the other. topics, shelf: None where the format has none."""

    recipe: Recipe
    ledger: Ledger
    choices: Choices
    topics: KnownTopics | None
    shelf: PictureShelf | None

    def prepare(self, article: Article) -> Prepared:
        """Return an article ready to be rendered.

        Raises:
            FormatError: it cannot be sealed, or not be written at all.
        """
        entry = self.ledger.entries.get(article_key(article))
        secured = ""
        if self.recipe.format_name == "news":
            article = sealed(article, key=self.choices.key, known=entry.secured or None if entry else None)
            secured = str(article.extra.get("secured") or "")
        if self.topics:
            article = named_topics(article, self.topics)
        if self.shelf is None:
            return Prepared(article, secured)
        document = entry.path if entry else path_of(article, self.recipe)
        shown = self.shelf.show(article, document=document, format_name=self.recipe.format_name)
        return Prepared(shown.article, secured, shown.names, bool(self.shelf.missing([article])))

    def close(self) -> None:
        """Keep what was learned of the pictures."""
        if self.shelf:
            self.shelf.save()


def named_topics(article: Article, known: KnownTopics) -> Article:
    """Return the article with its topics under their known names; those that a person wrote are known, and stay."""
    matched = known.matched(article)
    origin = article.origins.get("topics")
    return article if origin and origin.origin == BY_FILE else matched


def recipe_of(profile: Profile) -> Recipe:
    """Return how the articles of a profile are rendered."""
    return Recipe(profile.format, dict(profile.options), profile.names)


def preparation_for(profile: Profile, *, folder: Folder, ledger: Ledger, choices: Choices) -> Preparation:
    """Return the preparation of a profile's articles."""
    has_topics = profile.format == "note" and profile.options.get("topic_notes", True)
    topics = known_topics(folder) if has_topics else None
    shelf = open_shelf(folder, profile_name=profile.name) if profile.images == "download" else None
    return Preparation(recipe_of(profile), ledger, choices, topics, shelf)


def known_topics(folder: Folder) -> KnownTopics:
    """Return the topics that have a note, a person's own among them."""
    pairs: list[tuple[str, str]] = []
    for kind in visible_in(folder, (FOLDER,)):
        names = visible_in(folder, (FOLDER, kind.name)) if kind.is_directory else []
        pairs += [(kind.name, each.name.removesuffix(SUFFIX)) for each in names if each.name.endswith(SUFFIX)]
    return KnownTopics(pairs)
