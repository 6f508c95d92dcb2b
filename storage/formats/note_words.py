"""How a note spells names and tags. Not for its sections."""

import re

CONTENT = "Content"


def clean_name(name: str) -> str:
    """Return the words of a name: "GPT-3.5" is ``GPT 3 5``."""
    return re.sub(r"\W+", " ", name).strip()


def underscored(tag: str) -> str:
    """Return a tag as Obsidian takes it: without white space."""
    return re.sub(r"\s+", "_", tag.strip())
