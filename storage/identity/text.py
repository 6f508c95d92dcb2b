"""Text that every database and every file can hold. Not for how a text reads: that is the extractor's."""

import re

SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return text without NUL characters, and with each lone surrogate as U+FFFD.

    PostgreSQL refuses the first, SQLite and UTF-8 files the second. Both come from pages with a wrong charset.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)
