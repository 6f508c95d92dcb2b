"""The address of a post's article, coded, and its number. Not for the file's own name."""

import hashlib
import re
from urllib.parse import urlsplit

from storage.formats.characters import well_formed

BYTES_IN_A_GROUP = 25
ARTICLE_NUMBER = re.compile(r"/details/([0-9]+)")
NUMBER_IN_PATH = re.compile(r"(?<![0-9])[0-9]{4,9}(?![0-9])")
HASH_DIGITS = 9


def encode_url(url: str) -> str:
    """Return the URL in hexadecimal, with a ``:`` every 25 bytes counted from the right."""
    return well_formed(url).encode().hex(":", BYTES_IN_A_GROUP)


def decode_url(code: str) -> str:
    """Return the URL a code stands for.

    Raises:
        ValueError: it is not a code.
    """
    return bytes.fromhex(code.replace(":", "")).decode()


def article_number(url: str) -> str:
    """Return the digits after ``/details/``, else the last 4 to 9 digits of the path, else 9 digits of a hash."""
    found = ARTICLE_NUMBER.search(url)
    if found:
        return found[1]
    try:
        numbers = NUMBER_IN_PATH.findall(urlsplit(url).path)
    except ValueError:
        numbers = []
    return numbers[-1] if numbers else hashed_number(url)


def hashed_number(url: str) -> str:
    """Return the first nine decimal digits of the URL's SHA-256."""
    digest = hashlib.sha256(well_formed(url).encode()).hexdigest()
    return str(int(digest, 16))[:HASH_DIGITS]
