"""Fetches pictures through the gate, for who wants to keep them: no store, no trace. Not for where they are kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crawler.books import ScratchBooks, as_recorded
from crawler.candidate import Candidate
from crawler.gate.url import without_spaces
from crawler.order import Order
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import open_scratch_workshop
from storage.errors import StorageError
from storage.identity.url import url_key
from storage.outcome import Outcome, Recorded
from storage.picture import PictureKind, kind_of
from storage.source import Source, SourceKind
from storage.verdict import Verdict

FINAL = frozenset({Verdict.GONE, Verdict.TOO_LARGE, Verdict.UNSUPPORTED_TYPE})


@dataclass(frozen=True, slots=True)
class FetchedPicture:
    """A picture. url: as it was asked for. kind: by its bytes."""

    url: str
    kind: PictureKind
    content: bytes


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """A picture that did not come, and why. is_final: asking again will not help."""

    url: str
    reason: str
    is_final: bool


Take = Callable[[FetchedPicture | MissingPicture], None]


async def fetch_pictures(urls: Iterable[str], *, settings: CrawlerSettings, take: Take) -> None:
    """Fetch each URL and hand take what came of it, as it comes, each URL once. Needs a running reactor.

    A picture is let go as soon as take returns, so that only those being fetched are in memory: at most 16, of at
    most max_page_bytes. take: called on the event loop; where it raises a StorageError (a full disk), it is called no
    more.

    Raises:
        StorageError: what take raised.
    """
    wanted = dict.fromkeys(urls)
    books = PictureBooks(wanted, take)
    source = Source(name="pictures", url="")
    order = Order(source=source, kind=SourceKind.PAGE, trigger="ingest", recheck=True, limit=len(wanted))
    candidates = tuple(Candidate(url=url, origin="ingest") for url in wanted)
    async with open_scratch_workshop(settings, books) as workshop:
        result = await Runs(workshop).fetch_pictures(order, Targets(candidates))
    if books.failure is not None:
        raise books.failure
    books.close(result.reason)


class PictureBooks(ScratchBooks):
    """Hands on what came of each URL and keeps nothing."""

    def __init__(self, urls: Iterable[str], take: Take) -> None:
        super().__init__()
        self.failure: StorageError | None = None
        self._take = take
        self._waiting: dict[str, list[str]] = defaultdict(list)
        for url in urls:
            # Two spellings of one address are fetched once.
            self._waiting[url_key(without_spaces(url))].append(url)

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        """Hand the picture on, to each URL that stands for it."""
        for url in self._waiting.pop(url_key(outcome.url), []):
            self._hand_on(answer_of(url, outcome))
        return as_recorded(outcome)

    def close(self, reason: str) -> None:
        """Give the URLs that the run did not get to their answer."""
        for url in [url for urls in self._waiting.values() for url in urls]:
            self._hand_on(MissingPicture(url, reason, is_final=False))

    def _hand_on(self, answer: FetchedPicture | MissingPicture) -> None:
        if self.failure is None:
            try:
                self._take(answer)
            except StorageError as error:
                self.failure = error


def answer_of(url: str, outcome: Outcome) -> FetchedPicture | MissingPicture:
    """Return what came of a URL."""
    kind = kind_of(outcome.page.body) if outcome.page is not None else None
    if outcome.page is None or kind is None:
        return MissingPicture(url, outcome.reason, is_final=outcome.verdict in FINAL)
    return FetchedPicture(url, kind, outcome.page.body)
