"""What tells whether an article has changed since, without loading it. Not for the article."""

from typing import NamedTuple


class Stamp(NamedTuple):
    """id: of the article. version: another whenever the article is; empty where that is not known."""

    id: str
    version: str
