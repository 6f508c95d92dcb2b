"""Article files taken into the store. Not for reading them, nor for pages: those are ingested.

A file never replaces a text that the store has: a note holds a summary, a news item no text at all. Of an article that
is known by its address, what a person wrote is taken over: the reader's state, and front matter that is not ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from storage.article import Article
from storage.database.articles import Written
from storage.database.store import Store
from storage.errors import FileUnusable
from storage.files.found import ArticleFile
from storage.files.read import read_article
from storage.formats.errors import FormatError, NoArticle
from storage.formats.plain_text import plain_text
from storage.outcome import Outcome, Recorded, Totals
from storage.verdict import Verdict

BATCH = 200
SOURCE = "import"
# Formats that hold the text of the page; a note holds a summary, an item of news an excerpt.
WITH_TEXT = frozenset({"post", "text"})
TAKEN_OVER = "the store has its text; what a person wrote was taken over"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: ArticleFile
    recorded: Recorded


def import_files(store: Store, files: Iterable[ArticleFile], *, format_name: str | None = None) -> Iterator[Imported]:
    """Record each file's article, and yield what became of it. One that cannot be read is ``unreadable``.

    Raises:
        UnknownFormat: the format cannot be read.
        DatabaseUnusable: the database failed; what was yielded before is kept.
    """
    run_id = store.runs.start(SOURCE, trigger=SOURCE, now=datetime.now(UTC))
    offered = 0
    status: Literal["finished", "interrupted"] = "interrupted"
    reason = "it was interrupted"
    try:
        remaining = iter(files)
        while batch := list(islice(remaining, BATCH)):
            yield from record_batch(store, run_id, batch, format_name=format_name)
            offered += len(batch)
        status, reason = "finished", f"{offered} files"
    finally:
        store.runs.finish(run_id, status=status, reason=reason, totals=Totals(offered=offered), now=datetime.now(UTC))


def record_batch(
    store: Store, run_id: int, batch: Sequence[ArticleFile], *, format_name: str | None
) -> Iterator[Imported]:
    """Record some files in one transaction."""
    outcomes = [outcome_of(file, format_name=format_name) for file in batch]
    known = store.articles.at_urls([outcome.url for outcome in outcomes if outcome.article])
    written: dict[str, Written] = {}
    for number, outcome in enumerate(outcomes):
        article_id = known.get(outcome.url)
        if outcome.article and article_id:
            written[article_id] = written_in(outcome.article)
            outcomes[number] = replace(outcome, verdict=Verdict.UNCHANGED, reason=TAKEN_OVER, article=None)
    store.articles.take_over(written)
    for file, recorded in zip(batch, store.record(run_id, outcomes), strict=True):
        yield Imported(file, recorded)


def written_in(article: Article) -> Written:
    """Return what a person wrote into an article's file; a note alone says what they have read."""
    return Written(article.extra, article.reader if "note" in article.extra else None)


def outcome_of(file: ArticleFile, *, format_name: str | None) -> Outcome:
    """Return the outcome of one file: its article, known by the file's own address where it names none."""
    now = datetime.now(UTC)
    address = file.path.absolute().as_uri()
    try:
        read = read_article(file, format_name=format_name)
    except NoArticle as error:
        return Outcome(url=address, verdict=Verdict.NOT_AN_ARTICLE, reason=str(error), at=now)
    except (FormatError, FileUnusable) as error:
        return Outcome(url=address, verdict=Verdict.UNREADABLE, reason=str(error), at=now)
    url = read.article.url or address
    # There also where it is empty: what stood there before is gone.
    extra = {read.format_name: {}, **read.article.extra}
    return Outcome(
        url=url,
        verdict=Verdict.CAPTURED,
        reason=f"imported as {read.format_name}",
        at=now,
        has_own_text=read.format_name in WITH_TEXT,
        article=with_text(replace(read.article, extra=extra)),
    )


def with_text(article: Article) -> Article:
    """Return the article with its plain text, by which the store knows texts."""
    return article if article.text or not article.body else replace(article, text=plain_text(article.body))
