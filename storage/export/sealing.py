"""Sealing an item once, for the field ``secured``. Not for what is sealed, nor for where the key comes from."""

import os
from dataclasses import replace

from storage.article import Article
from storage.formats.envelope import BLOCK_BYTES, seal
from storage.formats.news_fields import addresses
from storage.formats.sealing_key import SealingKey
from storage.formats.secret import Secret, hash_of_url
from storage.identity.content import content_hash


def sealed(article: Article, *, key: SealingKey | None, known: str | None = None) -> Article:
    """Return the article with its envelope in ``extra["secured"]``: the one it has, else the known, else a new one.

    key: without one nothing new is sealed.
    known: the envelope an earlier export gave it; it stays whatever has become of the article since.

    Raises:
        Unsealable: the article's id does not fit.
    """
    if article.extra.get("secured"):
        return article
    envelope = known or (seal(secret_of(article), key=key, iv=os.urandom(BLOCK_BYTES)) if key else None)
    return replace(article, extra={**article.extra, "secured": envelope}) if envelope else article


def secret_of(article: Article) -> Secret:
    """Return what is to be proved of an article; the URL is the one that its item names as the original."""
    return Secret(
        item_id=article.id,
        url_hash=hash_of_url(str(addresses(article)["originalUrl"])),
        content_hash=article.content_hash or (content_hash(article.text) if article.text else ""),
        captured_at=article.captured_at,
    )
