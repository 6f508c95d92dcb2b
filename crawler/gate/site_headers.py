"""The headers and cookies of a source's own: filled from the environment, for requests to its site and no other.

Values are secrets: they are in no message, no representation and no request but the one on the wire.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.errors import MissingVariable
from crawler.extract.provider import is_same_site
from storage.source import Source

VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class SiteHeaders:
    """What a source sends to its own site. url: the source's."""

    url: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)

    def for_url(self, url: str) -> Mapping[str, str]:
        """Return the headers for a request to url: none where it is another site, or less secure than the source."""
        if not self.fields or (urlsplit(self.url).scheme == "https" != urlsplit(url).scheme):
            return {}
        return self.fields if is_same_site(self.url, url) else {}


def site_headers(source: Source, environment: Mapping[str, str]) -> SiteHeaders:
    """Return the headers and cookies of source, filled.

    Raises:
        MissingVariable: a value names a variable that environment does not hold.
    """
    fields = {name: filled(source, f"header {name}", value, environment) for name, value in source.headers.items()}
    cookies = {name: filled(source, f"cookie {name}", value, environment) for name, value in source.cookies.items()}
    if cookies:
        fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return SiteHeaders(source.own_url or source.url, fields)


def filled(source: Source, what: str, value: str, environment: Mapping[str, str]) -> str:
    """Return value with its variables filled."""

    def fill(found: re.Match[str]) -> str:
        if found[1] not in environment:
            raise MissingVariable(source.name, what, found[1])
        return environment[found[1]]

    return " ".join(VARIABLE.sub(fill, value).split())
