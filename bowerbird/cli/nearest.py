"""What is known nearest to a URL that was never offered: who watches its site, and why nobody offered it."""

from urllib.parse import urlsplit

from crawler.policy import Policy, refusing_rule, why_refused
from storage.database.store import Store
from storage.identity.url import key_host, url_key
from storage.outcome import Attempt
from storage.source import SourceState


def nearest_to(url: str, store: Store) -> list[str]:
    """Return what is known of a URL's neighbours, in sentences."""
    host = key_host(url_key(url))
    if not host:
        return [f"{url} is no URL that could be fetched: it has no host"]
    states = {state.source.name: state for state in store.sources.list()}
    own = [name for name, state in states.items() if hosts_alike(key_host(url_key(state.url)), host)]
    offering = [name for name in store.attempts.sources_of(host) if name in states]
    lines = [beside(attempt, url) for attempt in store.attempts.beside(url)]
    lines += [about(states[name], url) for name in dict.fromkeys((*own, *offering))]
    return lines or [f"no source watches {host}; `bowerbird sources add NAME URL` would"]


def hosts_alike(one: str, other: str) -> bool:
    """Whether two hosts are one site's, as far as that can be told without a list."""
    return one.removeprefix("www.") == other.removeprefix("www.")


def beside(attempt: Attempt, url: str) -> str:
    """Say what is known of a URL that differs in its query or its final slash."""
    known, asked = urlsplit(url_key(attempt.url)), urlsplit(url_key(url))
    differs = "query" if known.query != asked.query else "ending"
    return (
        f"known with another {differs}: {attempt.url} ({attempt.verdict} on {attempt.at:%Y-%m-%d}, by {attempt.source})"
    )


def about(state: SourceState, url: str) -> str:
    """Say of a source of the same site what it would do with a URL."""
    source = state.source
    policy = Policy(include=source.include, exclude=source.exclude)
    rule = refusing_rule(url, policy)
    if rule is not None:
        return f"source {source.name} has this site, but would refuse it: {why_refused(rule, policy)}"
    paused = " (paused)" if state.is_paused else ""
    return f"source {source.name}{paused} has this site, but its {state.kind} at {state.url} never listed this URL"
