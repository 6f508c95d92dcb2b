"""What becomes of a list of feeds from another reader: names for them, and which are new. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize
from urllib.parse import urlsplit

from pydantic import ValidationError

from bowerbird.cli.source_options import faults_of
from bowerbird.settings.source import RESERVED, SourceSettings, check_name
from crawler.opml import Subscription
from storage.identity.url import url_key
from storage.source import Source

LONGEST_NAME = 90
Result = Literal["added", "known", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """What becomes of one entry. source: the new one. name: of the source, new or there already."""

    subscription: Subscription
    result: Result
    name: str = ""
    reason: str = ""
    source: Source | None = None


class Names:
    """Gives each title a name of its own. A title that is a good name stays as it is."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken) | RESERVED
        self._last: Counter[str] = Counter()

    def name_for(self, title: str, url: str) -> str:
        """Return a name nobody has yet."""
        base = name = plain_name(title) or plain_name(urlsplit(url).hostname or "") or "feed"
        while name in self._taken:
            self._last[base] += 1
            name = f"{base[:LONGEST_NAME]}-{self._last[base] + 1}"
        self._taken.add(name)
        return name


def plain_name(title: str) -> str:
    """Return title as a source may be called, or nothing where no letter is left."""
    text = title.strip()
    try:
        return check_name(text)
    except ValueError:
        text = re.sub(r"[^\w .-]+", " ", normalize("NFKC", text))
        return re.sub(r"^[\W_]+", "", " ".join(text.split()))[:LONGEST_NAME].strip()


def merged(subscriptions: Sequence[Subscription]) -> list[Subscription]:
    """Return each URL once, with the tags of all places where it stands: readers list a feed in each of its folders."""
    by_key: dict[str, Subscription] = {}
    for number, entry in enumerate(subscriptions):
        key = url_key(entry.url) if entry.url else str(number)
        first = by_key.get(key)
        tags = dict.fromkeys([*(first.tags if first else ()), *entry.tags])
        kept = first or entry
        by_key[key] = Subscription(title=kept.title, url=kept.url, kind=kept.kind, tags=tuple(tags), line=kept.line)
    return list(by_key.values())


def subscribe(subscriptions: Sequence[Subscription], watched: Sequence[Source]) -> Iterator[Subscribed]:
    """Say of each entry what becomes of it. watched: the sources there are."""
    known = {url_key(place): source.name for source in watched for place in source.places}
    names = Names(source.name for source in watched)
    for entry in merged(subscriptions):
        name = known.get(url_key(entry.url)) if entry.url else None
        if not entry.url:
            yield Subscribed(subscription=entry, result="refused", reason="it names no feed (no xmlUrl)")
        elif name is not None:
            yield Subscribed(subscription=entry, result="known", name=name, reason=f"already there as {name}")
        else:
            yield subscribed(entry, names)


def subscribed(entry: Subscription, names: Names) -> Subscribed:
    """Return an entry as a new source, or why it can be none."""
    fields = {"url": entry.url, "kind": entry.kind, "tags": entry.tags}
    try:
        checked = SourceSettings.model_validate({"name": "feed", **fields})
    except ValidationError as error:
        return Subscribed(subscription=entry, result="refused", reason="; ".join(faults_of(error)))
    name = names.name_for(entry.title, entry.url)
    source = checked.model_copy(update={"name": name}).source
    return Subscribed(subscription=entry, result="added", name=name, source=source)
