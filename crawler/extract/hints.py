"""What a page's own statements tell the choice of its text. Not for the choice: see body.py."""

from dataclasses import dataclass

from crawler.extract.article_node import is_declared_article
from crawler.extract.clues import Clues
from crawler.extract.page_type import is_product


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page beside its text.

    descriptions: as its mark-up states them. is_article, is_product: what its mark-up calls it; it may be both.
    is_huge: spare no time for it. is_vast: spare none at all.
    """

    descriptions: tuple[str, ...] = ()
    is_article: bool = False
    is_product: bool = False
    is_huge: bool = False
    is_vast: bool = False


NO_HINTS = Hints()


def hints_of(clues: Clues, *, is_huge: bool, is_vast: bool = False) -> Hints:
    """Return what a page's statements tell."""
    return Hints(
        descriptions=(clues.first_meta("og:description"), clues.first_meta("description")),
        is_article=is_declared_article(clues),
        is_product=is_product(clues),
        is_huge=is_huge,
        is_vast=is_vast,
    )
