"""``bowerbird why``: the whole story of one URL."""

from collections import Counter
from collections.abc import Sequence

import click

from bowerbird.cli.advice import advice_on
from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit
from bowerbird.cli.nearest import nearest_to
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import plain
from bowerbird.cli.rows import attempt_row
from bowerbird.cli.source_document import SourceDocument, documents_at
from crawler.summary import counts_of
from storage.database.store import Store
from storage.errors import NoSuchArticle
from storage.identity.password import mask_password
from storage.identity.url import url_key
from storage.outcome import Attempt


@click.command(epilog=examples("bowerbird why https://example.org/article.html"))
@click.argument("url")
@pass_app
def command(app: App, url: str) -> Exit:
    """Tell all that happened to URL: who offered it and when, how each attempt ended and why, and what would help."""
    url = mask_password(url)
    with opened_store(app) as store:
        attempts = store.attempts.of_url(url)
        canonical = canonical_urls(store, attempts)
        watched = frozenset(state.source.name for state in store.sources.list())
        documents = documents_at(url, store)
        near = [] if attempts or documents else nearest_to(url, store)
    for document in documents:
        tell_document(app, document)
    if not attempts:
        return Exit.ALL_WELL if documents else tell_unknown(app, url, near)
    if app.output.as_json:
        for attempt in attempts:
            row = {**attempt_row(attempt, watched), "canonical_url": canonical.get(attempt.article_id or "")}
            app.output.item(row, "")
        return Exit.ALL_WELL
    for line in offers_of(attempts):
        app.output.write(line)
    for attempt in attempts:
        tell(app, attempt, canonical.get(attempt.article_id or ""))
    app.output.write(f"in short: {in_short(attempts, watched)}")
    return Exit.ALL_WELL


def tell_document(app: App, document: SourceDocument) -> None:
    """Say of a URL that a source is watched there."""
    if app.output.as_json:
        app.output.item(document.row, "")
        return
    for line in document.lines:
        app.output.write(line)


def tell_unknown(app: App, url: str, near: Sequence[str]) -> Exit:
    """Say of a URL that nobody offered what is known nearest to it."""
    reason, hint = "was never offered by a source nor ingested", f"`bowerbird ingest {url}` fetches it now"
    if app.output.as_json:
        app.output.item({"url": url, "verdict": None, "reason": reason, "near": list(near), "hint": hint}, "")
        return Exit.ALL_FAILED
    for line in (f"{url} {reason}; {hint}", *near):
        app.note(line)
    return Exit.ALL_FAILED


def canonical_urls(store: Store, attempts: Sequence[Attempt]) -> dict[str, str]:
    """Return the canonical URL of each article the attempts are about, as far as its page names one."""
    found: dict[str, str] = {}
    for number in {attempt.article_id for attempt in attempts if attempt.article_id}:
        try:
            found[number] = store.articles.get(number).canonical_url or ""
        except NoSuchArticle:
            continue
    return {number: url for number, url in found.items() if url}


def offers_of(attempts: Sequence[Attempt]) -> list[str]:
    """Return who offered the URL, since when and how often."""
    lines = []
    for source in dict.fromkeys(attempt.source for attempt in attempts):
        own = [attempt.at for attempt in attempts if attempt.source == source]
        times = "once" if len(own) == 1 else f"{len(own)} times, last {own[-1]:%Y-%m-%d %H:%M:%S} UTC"
        lines.append(f"offered by {source}, first {own[0]:%Y-%m-%d %H:%M:%S} UTC, {times}")
    return lines


def in_short(attempts: Sequence[Attempt], watched: frozenset[str]) -> str:
    """Return how it stands with the URL now, and which setting would change that."""
    last = attempts[-1]
    counts = counts_of(Counter(attempt.verdict for attempt in attempts))
    article = next((attempt.article_id for attempt in reversed(attempts) if attempt.article_id), None)
    held = f"it is article {article}" if article else "no article came of it"
    attempted = "1 attempt" if len(attempts) == 1 else f"{len(attempts)} attempts"
    told = f"{attempted} ({counts}), {held}; last {last.verdict} at {plain(last.at)} UTC"
    advice = advice_on(last, watched)
    return f"{told}; what may help: {advice}" if advice else told


def tell(app: App, attempt: Attempt, canonical: str | None) -> None:
    """Write one attempt as a few lines."""
    app.output.write(f"{attempt.at:%Y-%m-%d %H:%M:%S} UTC  {attempt.verdict}  {attempt.url}")
    app.output.write(f"  why: {attempt.reason}")
    app.output.write(f"  run {attempt.run_id} of {attempt.source}; {fetched(attempt)}")
    for stop in stops(attempt):
        app.output.write(f"  redirected to {stop}")
    if attempt.article_id:
        app.output.write(f"  article {attempt.article_id}: {attempt.title}")
    if canonical and url_key(canonical) != url_key(attempt.url):
        app.output.write(f"  its canonical URL is {canonical}")
    if attempt.duplicate_of:
        app.output.write(f"  the same as {attempt.duplicate_of}")


def stops(attempt: Attempt) -> list[str]:
    """Return where the redirects led, in order; not the URL that was asked for."""
    if not attempt.redirects:
        return []
    asked = url_key(attempt.url)
    passed = [hop for hop in attempt.redirects if url_key(hop) != asked]
    return [*passed, attempt.final_url] if attempt.final_url else passed


def fetched(attempt: Attempt) -> str:
    """Return what went over the wire."""
    if attempt.status is None:
        return "no answer was read"
    return f"HTTP {attempt.status}, {attempt.bytes} bytes in {attempt.seconds:.2f} s"
