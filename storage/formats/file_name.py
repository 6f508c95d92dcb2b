"""File names that are safe on every system, whatever the title. Not for slugs, nor for where files lie."""

import hashlib
import re
import unicodedata

from pathvalidate import Platform, sanitize_filename

from storage.article import Article
from storage.formats.characters import well_formed

MAX_BYTES = 120
# Zero-width joiners are part of words in Persian and Indic scripts and of emoji; other format characters (bidi
# controls above all) can make a name look like another.
JOINERS = "\u200c\u200d"
# Nothing in it that any rule would change, and too long for a reserved name (CLOCK$ is the longest).
OBVIOUS = re.compile(r"(?=.{8})[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*")
DROPPED_CATEGORIES = frozenset({"Cf", "Cn", "Co", "Cs"})
SPACE_CATEGORIES = frozenset({"Cc", "Zl", "Zp", "Zs"})


def safe_file_name(stem: str, *, suffix: str, fallback: str, max_bytes: int = MAX_BYTES) -> str:
    """Return ``stem + suffix`` as a name that any file system takes: NFC, visible, not reserved, not hidden.

    fallback: plain ASCII, used where nothing of the stem can be kept.
    max_bytes: of the whole name in UTF-8; a longer stem ends with a word, or at least with a whole character.
    """
    if OBVIOUS.fullmatch(stem) and len(stem) + len(suffix.encode()) < max_bytes:
        return stem + suffix
    # One byte is kept for the "_" that makes a reserved name usable.
    stem = cut_stem(tidy_stem(stem), max_bytes - len(suffix.encode()) - 1).rstrip(". ") or fallback
    return sanitize_filename(stem + suffix, platform=Platform.UNIVERSAL) or fallback + suffix


def tidy_stem(text: str) -> str:
    """Return the text without what a file name cannot hold; may be empty."""
    text = unicodedata.normalize("NFC", well_formed(text))
    text = "".join(visible(character) for character in text)
    text = sanitize_filename(text, platform=Platform.UNIVERSAL, max_len=len(text.encode()) + 8)
    return re.sub(r"\s+", " ", text).strip(" .").strip(JOINERS)


def visible(character: str) -> str:
    """Return the character, a space for a control or separator, nothing for what cannot be seen."""
    category = unicodedata.category(character)
    if category in SPACE_CATEGORIES:
        return " "
    return "" if category in DROPPED_CATEGORIES and character not in JOINERS else character


def cut_stem(stem: str, max_bytes: int) -> str:
    """Return the stem cut to size, at a word's end where there is one in its last third."""
    kept = cut_bytes(stem, max_bytes)
    space = kept.rfind(" ")
    return kept[:space] if kept != stem and stem[len(kept)] != " " and space > len(kept) * 2 // 3 else kept


def cut_bytes(text: str, limit: int) -> str:
    """Return as much of the text as fits limit bytes of UTF-8, without tearing a character from its marks."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[:limit].decode(errors="ignore")
    while kept and extends(text[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip(JOINERS)


def extends(character: str) -> bool:
    """Whether it belongs to the character before it: a mark, a joiner, a variation or skin tone selector."""
    return (
        unicodedata.category(character)[0] == "M" or character in JOINERS or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def short_hash(text: str) -> str:
    """Return eight stable hexadecimal digits."""
    return hashlib.sha256(well_formed(text).encode()).hexdigest()[:8]


def fallback_stem(article: Article) -> str:
    """Return a stem for an article whose title gives none."""
    return short_hash(article.best_url or article.id or f"{article.title}\n{article.text or article.body}")
