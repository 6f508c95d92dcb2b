"""Pages that only send on: a meta refresh or a script that sets the location, and hardly a word beside."""

import re
from collections.abc import Sequence

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.structured import is_web, urljoin_safely

MOST_WORDS, LONGEST_WAIT_SECONDS, MOST_SCRIPT_CHARACTERS, MOST_SCRIPTS = 40, 30.0, 3_000, 3
REFRESH = re.compile(r"^\s*([\d.]{1,10})?\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"\s][^'\"]*)", re.IGNORECASE)
LOCATION = re.compile(
    r"^[ \t]*(?:(?:window|document|top|self|parent)\.)?location(?:\.href)?[ \t]*(?:=|\.(?:replace|assign)\()[ \t]*"
    r"['\"]([^'\"\s]{1,2000})['\"]",
    re.MULTILINE,
)
STATEMENT = re.compile(r"[;{}\n]")


def target_of(clues: Clues, *, words: int) -> str | None:
    """Return where a page sends its visitor on to, or None for one that is worth reading. words: a visitor sees."""
    if words >= MOST_WORDS:
        return None
    base = clues.url or clues.base
    for target in (refresh_of(clues.tree), location_of(clues.scripts)):
        url = urljoin_safely(base, target) if target else ""
        if is_web(url) and url.partition("#")[0] != base.partition("#")[0]:
            return url
    return None


def refresh_of(tree: _Element) -> str:
    """Return the target of a meta refresh that comes soon, or nothing."""
    for element in tree.iter("meta"):
        found = REFRESH.match(element.get("content") or "") if is_refresh(element) else None
        if found and seconds_in(found[1] or "0") <= LONGEST_WAIT_SECONDS:
            return found[2].strip()
    return ""


def is_refresh(element: _Element) -> bool:
    """Whether a meta element sends on; one for visitors without scripts says what a browser would not do."""
    is_meant = (element.get("http-equiv") or "").lower() == "refresh"
    return is_meant and next(element.iterancestors("noscript"), None) is None


def seconds_in(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def location_of(scripts: Sequence[_Element]) -> str:
    """Return the target that a short script of a page without others sets, or nothing."""
    if not 0 < len(scripts) <= MOST_SCRIPTS:
        return ""
    for script in scripts:
        text = script.text or ""
        found = LOCATION.search(STATEMENT.sub("\n", text)) if len(text) <= MOST_SCRIPT_CHARACTERS else None
        if found:
            return found[1].replace("\\/", "/")
    return ""
