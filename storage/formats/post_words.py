"""How a post cleans its title, tags and category, and lays out its tags. Not for its other fields."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from storage.formats.scalar import quote, single_quote

NO_CATEGORY = "未分类"
NO_TAG = "无标签"
# X
WIDEST_SINGLE_QUOTED = 80
WIDEST_ONE_LINE = 84
WORD = re.compile(r"(?:(?<!\w)\.)?[^\W_]+")


def clean_title(title: str) -> str:
    """Return the title with words, ``,``, ``.`` and ``-`` only, its parts joined by single hyphens."""
    title = re.sub(r"[^\w\s,.\-]", "", title.replace("，", ",")).strip()
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", title))


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the tags, without repeats, in title case, the highest code points first."""
    words = dict.fromkeys(word for tag in tags for word in WORD.findall(tag))
    return tuple(sorted((word.title() for word in words), reverse=True)) or (NO_TAG,)


def clean_category(names: Iterable[str]) -> str:
    """Return the first name of which something is left without digits and symbols."""
    for name in names:
        letters = " ".join(re.sub(r"[^\w\s]|[\d_]", "", name).split())
        if letters:
            return letters.title()
    return NO_CATEGORY


def tag_lines(tags: Sequence[str]) -> str:
    """Return the field ``tags`` in the layout that its width calls for, with its line end."""
    quoted = [quote(tag) for tag in tags]
    width = display_width(f"tags: [{', '.join(quoted)}]")
    if width <= WIDEST_SINGLE_QUOTED:
        return f"tags: [{', '.join(single_quote(tag) for tag in tags)}]\n"
    if width <= WIDEST_ONE_LINE:
        return f"tags:  [{', '.join(quoted)}]\n"
    return "tags:  [\n    " + ",\n    ".join(quoted) + "\n  ]\n"


def display_width(text: str) -> int:
    """Return the columns the text takes: two for a wide East Asian character, else one."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
