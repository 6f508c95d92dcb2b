"""A source as settings.yaml writes it. Not for sources that the store holds."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from crawler.extract.selector import check_selector
from crawler.gate.site_headers import VARIABLE
from crawler.settings import Duration
from crawler.url_pattern import check_pattern
from scheduler.errors import BadEvery
from scheduler.every import parse_every
from storage.identity.password import mask_password
from storage.source import Source, SourceKind

RESERVED = frozenset({"ingest", "import"})
NAME = re.compile(r"[^\W_][\w .-]*")
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, 5.6.2
# What the connection, the conditional request and our word on who asks are made of.
OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "expect",
        "host",
        "if-modified-since",
        "if-none-match",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "range",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)


def check_name(text: str) -> str:
    """Return text if it can name a source. Raises ValueError, as pydantic expects."""
    if text in RESERVED:
        raise ValueError(f"it must be another name: runs of {text!r} are those that no source asked for")
    if len(text) > 100 or not NAME.fullmatch(text):
        raise ValueError("it must begin with a letter or digit and hold at most 100 letters, digits, spaces, . _ and -")
    return text


def check_every(text: str) -> str:
    """Return text if it says how often. Raises ValueError, as pydantic expects."""
    try:
        parse_every(text)
    except BadEvery as error:
        raise ValueError(f"it must be auto, a span such as 30m, or cron such as '0 6 * * *': {error.why}") from error
    return text


def check_url(text: str) -> str:
    """Return text if it is a URL of the web. Raises ValueError, as pydantic expects."""
    try:
        parts = urlsplit(text)
        is_good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_good = False
    if not is_good or not text.isprintable() or " " in text:
        raise ValueError("it must be a URL that begins with http:// or https://")
    return text


def check_variables(name: str, value: str) -> None:
    """Let pass a value whose variables can be filled. Raises ValueError, as pydantic expects."""
    if "${" in VARIABLE.sub("", value):
        raise ValueError(f"the value of {name} holds a ${{ that begins no variable; one is written ${{VARIABLE}}")


def check_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return headers if all of them can be sent. Raises ValueError, as pydantic expects."""
    for name, value in headers.items():
        if not TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a header: letters, digits and hyphens, such as X-Api-Key")
        if name.lower() in OURS:
            raise ValueError(f"{name!r} is no header that can be set; {', '.join(sorted(OURS))} are ours")
        if not value.isprintable():
            raise ValueError(f"the value of {name} must be one line of printable characters")
        check_variables(name, value)
    return headers


def check_cookies(cookies: Mapping[str, str]) -> Mapping[str, str]:
    """Return cookies if all of them can be sent (RFC 6265, 4.1.1). Raises ValueError, as pydantic expects."""
    for name, value in cookies.items():
        if not TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a cookie")
        if not value.isprintable() or any(mark in value for mark in " ;,"):
            raise ValueError(f"the value of {name} must be printable, without spaces, semicolons and commas")
        check_variables(name, value)
    return cookies


Pattern = Annotated[str, AfterValidator(check_pattern)]
Url = Annotated[str, AfterValidator(check_url)]


class SourceSettings(BaseModel):
    """One item of ``sources`` in settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, AfterValidator(check_name)] = Field(description="A name of your own, used on the command line")
    url: Url = Field(description="Where the articles are listed")
    kind: SourceKind = Field(SourceKind.AUTO, description="What stands there; auto looks first")
    every: Annotated[str, AfterValidator(check_every)] = Field(
        "auto", description="auto, a span such as 30m or 6h, or cron: minute hour day month weekday, in UTC"
    )
    include: tuple[Pattern, ...] = Field((), description="URL patterns; only what fits one of them is fetched")
    exclude: tuple[Pattern, ...] = Field((), description="URL patterns; what fits one of them is not fetched")
    since: Duration | None = Field(None, description="On the first visit, how far back to go, such as 30d")
    tags: tuple[str, ...] = Field((), description="Tags that each of its articles gets")
    category: str = Field("", description="Category that each of its articles gets")
    body: Annotated[str, AfterValidator(check_selector)] | None = Field(
        None, description="CSS selector of the main text, for a site the extractor gets wrong"
    )
    recheck: tuple[Duration, ...] | None = Field(
        None, description="Ages at which its articles are fetched again; [] for never, null for crawler.recheck"
    )
    max_pages: int | None = Field(None, ge=1, description="Pages fetched in one run; null for crawler.max_pages")
    full_text: Literal["page", "feed"] = Field(
        "page", description="feed: where its feed holds the whole text, take that and do not fetch the page"
    )
    headers: Annotated[Mapping[str, str], AfterValidator(check_headers)] = Field(
        {}, description="Headers sent to its own site; a value may hold ${VARIABLE} of the environment"
    )
    cookies: Annotated[Mapping[str, str], AfterValidator(check_cookies)] = Field(
        {}, description="Cookies sent to its own site; a value may hold ${VARIABLE} of the environment"
    )
    render: Literal["none", "browser"] = Field(
        "none", description="browser: let Chromium run the scripts of its pages; needs the extra `browser`"
    )
    fallbacks: tuple[Url, ...] = Field(
        (), description="Other URLs of the same news, tried in turn where url fails or stays empty"
    )

    @field_validator("fallbacks")
    @classmethod
    def check_fallbacks(cls, fallbacks: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        """Return fallbacks if each is another place. Raises ValueError, as pydantic expects."""
        for number, url in enumerate(fallbacks):
            if url == info.data.get("url"):
                raise ValueError(f"{mask_password(url)} is the source's own url; a fallback must be another")
            if url in fallbacks[:number]:
                raise ValueError(f"{mask_password(url)} is there twice; each fallback must be another")
        return fallbacks

    @property
    def source(self) -> Source:
        """The source as the floors below know it."""
        return Source(**dict(self))
