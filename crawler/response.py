"""What the headers of a response say, before anybody reads its body; and what is kept of it. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scrapy.http import Response

from crawler.ending import Ending
from crawler.extract.obstacles.challenge import challenge_of
from crawler.extract.obstacles.sight import quoted, sight_of_answer
from crawler.failure import ending_of_status
from storage.outcome import Page, Validator
from storage.verdict import Verdict

# A page may be mislabelled, so only what is surely no page is refused by its label; the rest is looked at.
OTHER_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/msword")
LONGEST_VALUE = 500
KEPT_HEADERS = ("content-type", "content-language", "last-modified", "etag", "date", "link", "x-robots-tag")


def header(response: Response, name: str) -> str:
    """Return a header's value, the last one where it comes twice, or nothing."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else ""


def headers_of(response: Response) -> Mapping[str, str]:
    """Return the headers by their names in lower case, each as far as it may be worth looking at."""
    names = (bytes(name).decode("latin-1") for name in response.headers)
    return {name.lower(): header(response, name)[:LONGEST_VALUE] for name in names}


def charset_of(response: Response) -> str | None:
    """Return the charset that the Content-Type header names."""
    return charset_in(header(response, "Content-Type"))


def charset_in(content_type: str) -> str | None:
    """Return the charset of a Content-Type value."""
    for part in content_type.split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip(" \"'") or None
    return None


def body_hash(body: bytes) -> str:
    """Return the SHA-256 of the body in hex."""
    return hashlib.sha256(body).hexdigest()


def page_of(response: Response, at: datetime) -> Page:
    """Return the raw page to keep."""
    kept = {name: header(response, name) for name in KEPT_HEADERS if header(response, name)}
    links = response.headers.getlist("link")  # may stand in several lines, which are one list (RFC 9110, 5.3)
    kept |= {"link": ", ".join(line.decode("latin-1").strip() for line in links)} if len(links) > 1 else {}
    return Page(url=response.url, fetched_at=at, status=response.status, headers=kept, body=response.body)


def ending_without_reading(response: Response, validator: Validator | None, *, is_conditional: bool) -> Ending | None:
    """Return how an attempt has ended where its body need not be read, or None.

    validator: what is known of the URL. is_conditional: whether the server was asked if that still holds.
    """
    if response.status == 304 and not is_conditional:
        return Ending(Verdict.HTTP_ERROR, "the server says it has not changed, which it was not asked (HTTP 304)")
    if response.status == 304 and validator is not None:
        return Ending(Verdict.UNCHANGED, f"the server says it has not changed{since(validator)} (HTTP 304)")
    ending = ending_of_status(response.status)
    if ending is not None:
        return ending_by_sight(response, ending)
    label = header(response, "Content-Type").lower()
    if label.startswith(OTHER_TYPES):
        return Ending(Verdict.UNSUPPORTED_TYPE, f"it is {label.partition(';')[0]}, not a page")
    if validator is not None and validator.body_hash and validator.body_hash == body_hash(response.body):
        return Ending(Verdict.UNCHANGED, f"its bytes are the same{since(validator)}")
    return None


def ending_by_sight(response: Response, ending: Ending) -> Ending:
    """Return the ending of an error answer, with what its head and the beginning of its body show beyond the status."""
    sight = sight_of_answer(
        response.body,
        url=response.url,
        asked=next(iter(response.meta.get("redirect_urls", ())), "") if response.request else "",
        status=response.status,
        headers=headers_of(response),
    )
    obstacle = challenge_of(sight)
    if obstacle is not None:
        return obstacle
    return replace(ending, reason=f"{ending.reason}; its title says {quoted(sight.title)}") if sight.title else ending


def since(validator: Validator) -> str:
    """Return since when, for a reason."""
    return f" since {validator.checked_at:%Y-%m-%d %H:%M} UTC" if validator.checked_at else ""
