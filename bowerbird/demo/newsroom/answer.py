"""One answer of a web site, and when a visitor who has it already need not get it again (RFC 9110, 13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path answers. modified_at is None where the answer has no validators, as an error has none."""

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    modified_at: datetime | None = None
    location: str | None = None
    is_slow: bool = False

    @property
    def etag(self) -> str:
        """Its entity tag: weak, because the compressed form of the same answer has the same tag."""
        return f'W/"{sha256(self.body).hexdigest()[:20]}"'

    def headers(self) -> dict[str, str]:
        """Return the headers that tell of the answer, not of its transport."""
        headers = {"Content-Type": self.content_type}
        if self.location is not None:
            headers["Location"] = self.location
        if self.modified_at is not None:
            headers["ETag"] = self.etag
            headers["Last-Modified"] = format_datetime(self.modified_at.astimezone(UTC), usegmt=True)
            headers["Cache-Control"] = "no-cache"
        return headers


def is_conditional(headers: Mapping[str, str]) -> bool:
    """Tell whether a request asks for the answer only if it changed; header names in lower case."""
    return "if-none-match" in headers or "if-modified-since" in headers


def is_not_modified(answer: Answer, headers: Mapping[str, str]) -> bool:
    """Tell whether the visitor has this answer already. If-None-Match rules out If-Modified-Since."""
    if answer.modified_at is None:
        return False
    if (tags := headers.get("if-none-match")) is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or answer.etag.removeprefix("W/") in known
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return answer.modified_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))
