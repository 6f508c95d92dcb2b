"""Which file an article gets when several want the same name. Not for making names: the formats do."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import PurePosixPath
from typing import NamedTuple

from storage.article import Article
from storage.formats.file_name import short_hash

NEVER = datetime.max.replace(tzinfo=UTC)
SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Precedence(NamedTuple):
    """What decides who keeps a plain name: the smallest does."""

    captured_at: datetime
    key: str


def precedence(article: Article) -> Precedence:
    """Return an article's precedence: the first captured comes first, one of unknown capture last."""
    captured_at = article.captured_at or NEVER
    aware = captured_at if captured_at.tzinfo else captured_at.replace(tzinfo=UTC)
    return Precedence(aware, article_key(article))


def article_key(article: Article) -> str:
    """Return what tells an article from all others: its id, or a hash where the store has not given it one."""
    if article.id:
        return article.id
    return short_hash(article.best_url or f"{article.title}\n{article.text or article.body}")


def candidate_paths(path: str, *, key: str) -> Iterator[str]:
    """Yield the path itself, then with the article's id, then with a number as well, for ever.

    An ``index`` file is the page its folder is named for, so there the folder gets the id.
    """
    yield path
    file = PurePosixPath(path)
    tag = safe_tag(key)
    yield varied(file, f"-{tag}")
    for number in count(2):
        yield varied(file, f"-{tag}-{number}")


def safe_tag(key: str) -> str:
    """Return the key itself where a file name can hold it, else its hash."""
    return key if SAFE_ID.fullmatch(key) else short_hash(key)


def varied(file: PurePosixPath, ending: str) -> str:
    """Return the path with an ending to what names it."""
    if file.stem == "index" and file.parent.name:
        return str(file.parent.with_name(file.parent.name + ending) / file.name)
    return str(file.with_name(f"{file.stem}{ending}{file.suffix}"))
