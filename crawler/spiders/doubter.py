"""Finds out whether a server that said nothing had changed told the truth, and remembers where it did not."""

from dataclasses import replace
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.books import Books
from crawler.ledger import Ledger
from crawler.trust import Question, conditions, is_same_version
from storage.outcome import Validator


class Doubter:
    """One a run. every: of so many answers in a row that nothing changed, one is replaced by a full fetch."""

    def __init__(self, books: Books, ledger: Ledger, *, every: int) -> None:
        self._books = books
        self._ledger = ledger
        self._every = every

    def question(self, known: Validator | None) -> Question:
        """Return what a URL is to be asked with."""
        return Question(known, self._every)

    async def doubts(self, fresh: Validator, known: Validator | None, *, what: str) -> list[Request]:
        """Judge a server of whose URL another content came than before; return what is still to be asked.

        Where it gave both contents the same tag, that is a lie. Where it had said that nothing changed, the content may
        have changed since: it is asked once more with what was known before, and another 304 is a lie.
        """
        if known is None or known.is_distrusted:
            return []
        if is_same_version(fresh, known):
            await self.distrust(fresh.url, f"gave {what} that had changed the same ETag or Last-Modified as before")
        elif known.unchanged_answers and conditions(known):
            return [self.probe(known, url=fresh.url, what=what)]
        return []

    def probe(self, known: Validator, *, url: str, what: str) -> Request:
        """Return the request that finds a liar out."""
        return Request(
            url,
            callback=self.parse_probe,
            errback=self.drop_probe,
            headers=conditions(known),
            cb_kwargs={"url": url, "what": what},
            dont_filter=True,
        )

    async def parse_probe(self, response: Response, url: str, what: str) -> None:
        """Distrust a server that says 304 of what has changed for sure."""
        self._ledger.count_response(len(response.body), not_modified=False)
        if response.status == 304:
            await self.distrust(url, f"said of {what} that had changed that it had not (HTTP 304)")

    async def drop_probe(self, failure: Failure) -> None:
        """Nothing is learned from a question that got no answer."""

    async def distrust(self, url: str, lie: str) -> None:
        """Ask this URL unconditionally from now on, and say why."""
        await self._books.distrust(url)
        kept = self._ledger.validators  # those that are stored when the run ends
        self._ledger.validators = [replace(each, is_distrusted=True) if each.url == url else each for each in kept]
        note = f"{urlsplit(url).netloc} {lie}; it is fetched in full from now on"
        if note not in self._ledger.notes:
            self._ledger.notes.append(note)
