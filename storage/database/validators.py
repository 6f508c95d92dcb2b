"""What a conditional request may send for a URL. Not for when to send one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from storage.database.chunks import in_chunks
from storage.database.schema import validators
from storage.database.transaction import reading, writing
from storage.database.upsert import upsert
from storage.identity.url import url_key
from storage.outcome import Validator

KEPT = ("url", "etag", "last_modified", "body_hash", "offers_hash", "checked_at", "unchanged_answers", "is_distrusted")


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of one store."""

    engine: Engine

    def for_urls(self, urls: Sequence[str]) -> dict[str, Validator]:
        """Return what is known, by the URL as it was given; a URL never fetched is left out."""
        keys = {url: url_key(url) for url in urls}
        found: dict[str, Validator] = {}
        with reading(self.engine) as connection:
            for chunk in in_chunks(keys.values()):
                for row in connection.execute(select(validators).where(validators.c.url_key.in_(chunk))):
                    found[row.url_key] = Validator(
                        url=row.url,
                        etag=row.etag,
                        last_modified=row.last_modified,
                        body_hash=row.body_hash,
                        offers_hash=row.offers_hash or "",
                        checked_at=row.checked_at,
                        unchanged_answers=row.unchanged_answers,
                        is_distrusted=row.is_distrusted,
                    )
        return {url: found[key] for url, key in keys.items() if key in found}

    def save(self, seen: Sequence[Validator]) -> None:
        """Keep validators, each in place of the one its URL had."""
        with writing(self.engine) as connection:
            upsert_validators(connection, seen)

    def distrust(self, url: str) -> None:
        """Believe no validator of a URL any more; what else is kept of it stays, for a run may still be going on."""
        with writing(self.engine) as connection:
            which = validators.c.url_key == url_key(url)
            connection.execute(validators.update().where(which).values(is_distrusted=True))


def forget_validators(connection: Connection, urls: Sequence[str]) -> None:
    """Forget within a transaction what conditional requests for urls could send: they are fetched in full again."""
    keys = sorted({url_key(url) for url in urls})
    if keys:
        connection.execute(validators.delete().where(validators.c.url_key.in_(keys)))


def upsert_validators(connection: Connection, seen: Sequence[Validator]) -> None:
    """Keep validators within a transaction; of two for one URL the last stays."""
    rows: dict[str, dict[str, object]] = {}
    for validator in seen:
        key = url_key(validator.url)
        rows[key] = {
            "url_key": key,
            "url": validator.url,
            "etag": validator.etag,
            "last_modified": validator.last_modified,
            "body_hash": validator.body_hash,
            "offers_hash": validator.offers_hash,
            "checked_at": validator.checked_at,
            "unchanged_answers": validator.unchanged_answers,
            "is_distrusted": validator.is_distrusted,
        }
    # In one order in every process: two that lock the same rows the other way round would wait for each other.
    ordered = [rows[key] for key in sorted(rows)]
    upsert(connection, validators, rows=ordered, update=KEPT)
