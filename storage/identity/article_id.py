"""The short name of an article, the same in every store that captured it from the same URL."""

from base64 import b32encode
from hashlib import sha256

SHORTEST = 10
LONGEST = 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def article_id(key: str, *, length: int = SHORTEST) -> str:
    """Return length characters of lower-case base32 for a url_key.

    The first is a letter, so that no reader of front matter takes an id for a number (``1234567890``, ``23e4567777``).
    A longer id begins with the shorter one: on a collision ask for more, up to LONGEST.
    """
    digest = sha256(key.encode("utf-8", "replace")).digest()
    rest = b32encode(digest[1:]).decode().rstrip("=").lower()
    return (LETTERS[digest[0] % len(LETTERS)] + rest)[:length]
