"""The record that the field ``secured`` holds, and its bytes. Not for hiding them: that is envelope.py.

=====  ======================================================================
bytes
=====  ======================================================================
1      version, 1
1      bytes of the item's id
96     the item's id in UTF-8, the rest zero
32     SHA-256 of the item's URL in UTF-8
32     SHA-256 of its text, as in the store; zero where it is not known
8      microseconds from 1970 to the capture, signed, big endian; the smallest number where it is not known
54     zero
=====  ======================================================================
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from storage.formats.characters import well_formed
from storage.formats.errors import Unsealable

VERSION = 1
MOST_ID_BYTES = 96
HASH_BYTES = 32
LAYOUT = struct.Struct(">BB96s32s32sq54s")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_TIME = -(2**63)
NO_HASH = bytes(HASH_BYTES)
PADDING = bytes(54)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where an item came from, and when. Hashes in hexadecimal digits.

    url_hash: of the address the item names as its own; content_hash: of the text, empty where it is not known.
    captured_at: UTC, None where it is not known.
    """

    item_id: str
    url_hash: str
    content_hash: str = ""
    captured_at: datetime | None = None
    version: int = VERSION


def hash_of_url(url: str) -> str:
    """Return the hexadecimal digits of a URL's hash."""
    return sha256(well_formed(url).encode()).hexdigest()


def pack_secret(secret: Secret) -> bytes:
    """Return the record's bytes, always as many.

    Raises:
        Unsealable: the id is too long, or a hash is none.
    """
    item_id = well_formed(secret.item_id).encode()
    if len(item_id) > MOST_ID_BYTES:
        raise Unsealable("id", why=f"it has {len(item_id)} bytes, more than {MOST_ID_BYTES}")
    return LAYOUT.pack(
        secret.version,
        len(item_id),
        item_id,
        hash_bytes(secret.url_hash, field="hash of the URL"),
        hash_bytes(secret.content_hash, field="hash of the text") if secret.content_hash else NO_HASH,
        (secret.captured_at - EPOCH) // timedelta(microseconds=1) if secret.captured_at else NO_TIME,
        PADDING,
    )


def hash_bytes(digits: str, *, field: str) -> bytes:
    """Return the bytes of a hash."""
    try:
        value = bytes.fromhex(digits)
    except ValueError as error:
        raise Unsealable(field, why=f"{digits[:80]!r} is no hash") from error
    if len(value) != HASH_BYTES:
        raise Unsealable(field, why=f"it has {len(value)} bytes, not {HASH_BYTES}")
    return value


def unpack_secret(content: bytes) -> Secret:
    """Return the record that pack_secret made the bytes of; for bytes that are known to be ours."""
    version, size, item_id, url_hash, content_hash, microseconds, _ = LAYOUT.unpack(content)
    return Secret(
        version=version,
        item_id=item_id[:size].decode(),
        url_hash=url_hash.hex(),
        content_hash="" if content_hash == NO_HASH else content_hash.hex(),
        captured_at=None if microseconds == NO_TIME else EPOCH + timedelta(microseconds=microseconds),
    )
