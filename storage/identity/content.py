"""When two texts are the same, or one a version of the other. Not for near duplicates among many texts."""

from hashlib import sha256
from unicodedata import normalize

from storage.identity.text import storable

SHINGLE_WORDS = 3


def content_hash(text: str) -> str:
    """Return the SHA-256, in hex, of text in NFKC, casefolded, each run of white space one space.

    Never raises: what no database can hold is left out first, so a stored text has the hash it came with.
    """
    folded = normalize("NFKC", storable(text)).casefold()
    return sha256(" ".join(folded.split()).encode()).hexdigest()


def is_version_of(text: str, earlier: str) -> bool:
    """Whether half of the shorter text's runs of three words stand in the other one as well.

    Tells an article that was edited, cut or continued from another article that took its place.
    """
    one, other = shingles(text), shingles(earlier)
    shared = len(one & other)
    return shared > 0 and 2 * shared >= min(len(one), len(other))


def shingles(text: str) -> set[str]:
    """Return every run of three words, casefolded; a shorter text is one run."""
    words = text.casefold().split()
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return {" ".join(words[start : start + SHINGLE_WORDS]) for start in range(last)} - {""}
