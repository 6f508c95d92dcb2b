"""``bowerbird extract``: extract pages and print them; no store, no trace."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.explaining import explanation_lines
from bowerbird.cli.ingest import ORDER
from bowerbird.cli.output import clean_block, to_json
from bowerbird.cli.progress import progress
from bowerbird.cli.targets import NOTHING_NAMED, check_origin, read_targets
from crawler.extract.manifest import BrokenEntry, read_manifest
from crawler.pool import Pool, PoolSize
from crawler.reactor import run_in_reactor
from crawler.reports import Bench, Given, each, explain_one, extract_one, fetch, from_file, report_one, unreadable
from storage.formats.errors import FormatError
from storage.formats.registry import find_format

# What is printed for each page, and whether that is an article.
Lines = AsyncIterator[tuple[str, bool]]
Written = Callable[[App, Sequence[Given], Bench], Lines]


@click.command(
    epilog=examples(
        "bowerbird extract https://example.org/article.html",
        "bowerbird extract saved.html --url https://example.org/a.html --format note",
        "bowerbird extract --manifest pages.jsonl > results.jsonl",
        "bowerbird extract --explain https://example.org/article.html",
    )
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--url", metavar="URL", help="Where a saved page came from.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="JSON lines of id, path and url.",
)
@click.option("--format", "format_name", metavar="FORMAT", help="Print as this front-matter format, not as JSON.")
@click.option(
    "--explain",
    is_flag=True,
    help="Say which evidence won for each field and which blocks were kept; as text, or as JSON with --json.",
)
@pass_app
def command(
    app: App, targets: tuple[str, ...], url: str | None, manifest: Path | None, format_name: str | None, explain: bool
) -> Exit:
    """Extract each TARGET (a URL, a saved page, or - for a list) and print one JSON object a line."""
    if explain and format_name is not None:
        raise click.UsageError("--explain says how a page is read; leave --format away")
    if bool(targets) == bool(manifest):
        raise click.UsageError("name targets or a --manifest, and not both")
    if manifest and url is not None:
        raise click.UsageError("--url goes with one saved page; a manifest names the URL of each page itself")
    if format_name is not None:
        find_format(format_name)
    pages = from_manifest(app, manifest) if manifest else from_targets(app, targets, url)
    if not pages:
        app.note(NOTHING_NAMED)
        return Exit.ALL_WELL
    return asyncio.run(write_all(app, pages, explanations if explain else in_format(format_name)))


def from_manifest(app: App, manifest: Path) -> list[Given]:
    """Return the pages a manifest lists; a broken line stands there as a page that cannot be read."""
    limit = app.settings.crawler.max_page_bytes
    return [
        unreadable(f"line {entry.line}", entry.why)
        if isinstance(entry, BrokenEntry)
        else from_file(entry.id, entry.path, entry.url, limit=limit)
        for entry in read_manifest(manifest)
    ]


def from_targets(app: App, targets: Sequence[str], url: str | None) -> list[Given]:
    """Return the pages that were named, those of the web fetched."""
    named = read_targets(targets, sys.stdin)
    check_origin(url, named)
    crawler = app.settings.crawler
    files = [from_file(str(path), path, url or "", limit=crawler.max_page_bytes) for path in named.paths]
    if not named.urls:
        return files
    return files + run_in_reactor(lambda _: fetch(named.urls, settings=crawler, order=ORDER))


async def write_all(app: App, pages: Sequence[Given], written: Written) -> Exit:
    """Print what was read of each page; a page that could not be read is a failure. written: in which form."""
    failed = 0
    crawler = app.settings.crawler
    async with Pool(PoolSize.from_settings(crawler)) as pool:
        bench = Bench.from_settings(pool, crawler)
        with progress(app, "extracting", total=len(pages)) as advance:
            async for line, is_read in written(app, pages, bench):
                app.output.target.write(line)
                failed += not is_read
                advance()
    return exit_of_tally(len(pages), failed=failed, new=0, exit_nothing_new=False)


def in_format(format_name: str | None) -> Written:
    """Return what writes pages as a format, or as JSON where none is named."""
    return json_lines if format_name is None else partial(articles, format_name=format_name)


async def json_lines(_: App, pages: Sequence[Given], bench: Bench) -> Lines:
    """Yield the report of each page, and whether it is an article."""
    async for report in each(pages, bench, report_one):
        yield to_json(report) + "\n", report["outcome"] == "ok"


async def explanations(app: App, pages: Sequence[Given], bench: Bench) -> Lines:
    """Yield how each page was read, and whether it is an article."""
    gap = ""
    async for explained in each(pages, bench, explain_one):
        text = to_json(explained) if app.as_json else gap + clean_block("\n".join(explanation_lines(explained)))
        yield text + "\n", explained["outcome"] == "ok"
        gap = "\n"


async def articles(app: App, pages: Sequence[Given], bench: Bench, *, format_name: str) -> Lines:
    """Yield each page as a file of a format, and whether it is an article."""
    for page in pages:
        extraction = await extract_one(page, bench)
        if extraction.article is None:
            app.note(f"{page.id}: {extraction.verdict}: {extraction.reason}")
            yield "", False
            continue
        try:
            # What a store would add: some formats are nothing without it.
            article = replace(extraction.article, captured_at=datetime.now(UTC))
            text = find_format(format_name).write(article).text
        except FormatError as error:
            app.note(f"{page.id}: {error}")
            yield "", False
            continue
        # A file is given as it is; a terminal must not obey what a page may have put into it.
        yield clean_block(text) if app.output.target.isatty() else text, True
