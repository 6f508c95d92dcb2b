"""Who wants to know how a run goes on: a progress bar, a list of verdicts, a test. Does nothing by itself."""

from crawler.candidate import Listing
from crawler.plan import Plan
from storage.outcome import Recorded


class Listener:
    """Override what you want to hear. Called on the event loop: return at once."""

    def recorded(self, recorded: Recorded) -> None:
        """A URL has its verdict."""

    def document_read(self, url: str, listing: Listing) -> None:
        """A document of the source was read, and this is what it says; url: as it was asked for."""

    def planned(self, plan: Plan) -> None:
        """A document of the source was read; this is what will be fetched of it, and what not."""
