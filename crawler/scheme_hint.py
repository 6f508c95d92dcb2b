"""A hint where a file that is not there is rather a URL without its scheme. Not for reading either."""

import errno
import re
from pathlib import Path

NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR})
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?", re.IGNORECASE)
PAGE_SUFFIXES = frozenset(
    {".html", ".htm", ".xhtml", ".mhtml", ".gz", ".pdf", ".txt", ".md", ".xml", ".json", ".jsonl"}
)


def scheme_hint(path: Path, error: Exception) -> str:
    """Return what to add to the reason why path could not be read, if it looks like a URL; else nothing."""
    if not isinstance(error, OSError) or error.errno not in NOT_THERE or not path.parts:
        return ""
    is_page = len(path.parts) == 1 and path.suffix.lower() in PAGE_SUFFIXES
    is_url = HOST.fullmatch(path.parts[0]) is not None and not is_page
    return f"; if it is a URL, write https://{path}" if is_url else ""
