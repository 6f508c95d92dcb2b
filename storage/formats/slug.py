"""The slug of a title, as news writes it. Not for file names in other scripts."""

import re
import unicodedata

CUT_AFTER = 140


def slugify(title: str) -> str:
    """Return the slug: ASCII letters, digits, ``_`` and ``-``; empty for a title without any.

    A long title ends at its first space at or after the 140th character.
    """
    cut = title.find(" ", CUT_AFTER)
    title = title if cut < 0 else title[:cut]
    text = unicodedata.normalize("NFD", title.lower())
    text = "".join(character for character in text if not unicodedata.combining(character))
    return re.sub(r"[\s-]+", "-", re.sub(r"[^a-z0-9_\s-]", "", text)).strip("-")
