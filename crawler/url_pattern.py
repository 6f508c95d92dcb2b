"""URL patterns as a person writes them: globs (``*/news/*``), or regular expressions behind ``re:``."""

import re
from fnmatch import translate


def check_pattern(text: str) -> str:
    """Return text if it is a URL pattern. Raises ValueError, as pydantic expects."""
    try:
        re.compile(text.removeprefix("re:") if text.startswith("re:") else "")
    except re.error as error:
        raise ValueError(f"it must be a glob such as */news/*, or re: and a regular expression: {error}") from error
    return text


def matches(pattern: str, url: str) -> bool:
    """Whether url fits a glob, or the regular expression after ``re:`` anywhere in it."""
    if pattern.startswith("re:"):
        return re.search(pattern[3:], url) is not None
    return re.match(translate(pattern), url) is not None
