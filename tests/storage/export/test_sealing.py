"""Sealing an item: once, and never again."""

from dataclasses import replace
from datetime import UTC, datetime

import yaml

from storage.article import Article
from storage.export.sealing import sealed
from storage.formats.envelope import unseal
from storage.formats.news import NewsFormat
from storage.formats.sealing_key import SealingKey
from storage.formats.secret import Secret, hash_of_url
from storage.identity.content import content_hash

KEY = SealingKey(b"k" * 32)
AT = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
ARTICLE = Article(
    url="https://example.org/blue?utm_source=x",
    canonical_url="https://example.org/blue",
    id="k3xw5qmd2a",
    title="Blue",
    text="It is only paper.",
    captured_at=AT,
)


def envelope(article: Article) -> str:
    value = article.extra["secured"]
    assert isinstance(value, str)
    return value


def test_an_item_is_sealed_with_where_it_came_from_and_when() -> None:
    assert unseal(envelope(sealed(ARTICLE, key=KEY)), key=KEY) == Secret(
        item_id="k3xw5qmd2a",
        url_hash=hash_of_url("https://example.org/blue"),
        content_hash=content_hash("It is only paper."),
        captured_at=AT,
    )


def test_the_hash_of_the_store_counts_before_one_of_our_own() -> None:
    article = replace(ARTICLE, content_hash="cd" * 32)
    assert unseal(envelope(sealed(article, key=KEY)), key=KEY).content_hash == "cd" * 32


def test_the_address_that_is_sealed_is_the_one_that_the_item_shows() -> None:
    video = replace(ARTICLE, type="video", canonical_url="https://www.youtube.com/watch?v=abcdefghijk&t=3")
    for article in (ARTICLE, video):
        done = sealed(article, key=KEY)
        fields = yaml.safe_load(NewsFormat().write(done).text.split("---\n")[1])
        assert unseal(fields["secured"], key=KEY).url_hash == hash_of_url(fields["originalUrl"])


def test_two_items_never_share_an_iv() -> None:
    envelopes = {envelope(sealed(ARTICLE, key=KEY)) for _ in range(50)}
    assert len({each.partition(";")[2] for each in envelopes}) == 50
    assert len({each.partition(";")[0] for each in envelopes}) == 50


def test_an_item_that_has_an_envelope_keeps_it() -> None:
    article = replace(ARTICLE, extra={"secured": "theirs", "note": {"type": "x"}})
    for key in (KEY, None):
        assert sealed(article, key=key, known="earlier") == article


def test_an_item_that_was_exported_keeps_the_envelope_of_then() -> None:
    for key in (KEY, None):
        assert sealed(ARTICLE, key=key, known="earlier").extra == {"secured": "earlier"}


def test_without_a_key_the_field_is_left_out() -> None:
    assert sealed(ARTICLE, key=None) == ARTICLE
    assert "secured" not in NewsFormat().write(sealed(ARTICLE, key=None)).text
