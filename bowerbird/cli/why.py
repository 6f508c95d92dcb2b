"""``bowerbird why``: the whole story of one URL."""

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit
from bowerbird.cli.opened import opened_store
from bowerbird.cli.rows import attempt_row
from storage.identity.url import url_key
from storage.outcome import Attempt


@click.command(epilog=examples("bowerbird why https://example.org/article.html"))
@click.argument("url")
@pass_app
def command(app: App, url: str) -> Exit:
    """Tell all that happened to URL: when it was offered, by whom, how it ended, and why."""
    with opened_store(app) as store:
        attempts = store.attempts.of_url(url)
    for attempt in attempts:
        app.output.item(attempt_row(attempt), "") if app.output.as_json else tell(app, attempt)
    if not attempts:
        app.note(f"{url} was never offered by a source nor ingested; `bowerbird ingest {url}` fetches it now")
        return Exit.ALL_FAILED
    return Exit.ALL_WELL


def tell(app: App, attempt: Attempt) -> None:
    """Write one attempt as a few lines."""
    app.output.write(f"{attempt.at:%Y-%m-%d %H:%M:%S} UTC  {attempt.verdict}  {attempt.url}")
    app.output.write(f"  why: {attempt.reason}")
    app.output.write(f"  run {attempt.run_id} of {attempt.source}; {fetched(attempt)}")
    for stop in stops(attempt):
        app.output.write(f"  redirected to {stop}")
    if attempt.article_id:
        app.output.write(f"  article {attempt.article_id}: {attempt.title}")
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
