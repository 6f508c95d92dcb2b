"""Which rule is for a page: a person's own, else one of those shipped as files beside this one."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from crawler.extract.sites.rule import RuleSettings
from crawler.extract.sites.site import Site


def find_site(url: str, own: Sequence[Site] = ()) -> Site | None:
    """Return the rule for the page at a URL: the first of a person's own, else of ours."""
    return next((site for site in (*own, *shipped_sites()) if site.covers(url)), None)


def rules_for(url: str, own: Sequence[Site]) -> tuple[Site, ...]:
    """Return those of a person's rules that may be for a page: all of them, as long as nobody knows its URL."""
    if not url:
        return tuple(own)
    return next(((site,) for site in own if site.covers(url)), ())


@cache
def shipped_sites() -> tuple[Site, ...]:
    """Return the rules that are shipped: each ``*.yaml`` of this folder is one, written as in settings.yaml."""
    documents = [each for each in files(__package__).iterdir() if each.name.endswith(".yaml")]
    written = (yaml.safe_load(each.read_text("utf-8")) for each in sorted(documents, key=lambda each: each.name))
    return tuple(RuleSettings.model_validate(each).rule for each in written)
