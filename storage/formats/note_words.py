"""How a note spells names and tags. Not for its sections."""

import re


def clean_name(name: str) -> str:
    """Return the words of a name: "GPT-3.5" is ``GPT 3 5``."""
    return re.sub(r"\W+", " ", name).strip()
