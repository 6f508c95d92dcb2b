"""The sites with a rule of their own, by address. A new one: a module after the model of csdn.py, and its name here."""

from typing import Final

from crawler.extract.sites.csdn import CSDN
from crawler.extract.sites.site import Site

SITES: Final[tuple[Site, ...]] = (CSDN,)


def find_site(url: str) -> Site | None:
    """Return the site whose article a URL is."""
    return next((site for site in SITES if site.address.match(url)), None)
