"""The tour of ``bowerbird demo``: a newsroom on loopback, and everything that the program does with it.

Only the newsroom is ours; what visits, stores and exports is what a real site gets.
"""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bowerbird.demo.newsroom.running import Newsroom
from crawler.candidate import Candidate
from crawler.order import Order, RunResult
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import open_workshop
from scheduler.foreground import Desk, Visits, stop_when_asked
from scheduler.settings import SchedulerSettings
from storage.database.store import Store, open_store
from storage.export.mirror import export
from storage.export.profile import Profile
from storage.export.report import ExportReport
from storage.settings import StorageSettings
from storage.source import Source, SourceKind

FORMATS = ("news", "note", "text", "post")
CORRECTED = "swing-bridge-budget"
INGESTED = "tool-library"
SETTINGS = "settings.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """What came of it. second: the crawl after one story was published and another corrected."""

    folder: Path
    first: Sequence[RunResult]
    ingested: RunResult
    published: str
    corrected: str
    second: Sequence[RunResult]
    exports: Sequence[ExportReport]
    sample: Path


def crawler_settings(newsroom: Newsroom) -> CrawlerSettings:
    """Return settings that let the newsroom be visited, and without waiting: it is our own machine."""
    return CrawlerSettings(delay_seconds=0, allow_private_hosts=newsroom.hosts)


def fresh_folder(folder: Path) -> StorageSettings:
    """Make folder ready for a tour: what an earlier one left there is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("bowerbird.db*"):
        old.unlink()
    shutil.rmtree(folder / "export", ignore_errors=True)
    return StorageSettings(database=f"sqlite:///{folder / 'bowerbird.db'}")


def write_settings(folder: Path, newsroom: Newsroom) -> Path:
    """Write a settings file for the newsroom, to try other commands on it while it runs."""
    hosts = ", ".join(f'"{host}"' for host in newsroom.hosts)
    profiles = "".join(f"  - {{name: {name}, format: {name}, folder: export/{name}}}\n" for name in FORMATS)
    path = folder / SETTINGS
    path.write_text(
        "storage: {database: sqlite:///bowerbird.db}\n"
        f"crawler: {{delay_seconds: 0, allow_private_hosts: [{hosts}]}}\n"
        "scheduler: {every: 10s, shortest: 5s}\n"
        f"export:\n{profiles}",
        encoding="utf-8",
    )
    return path


async def take_tour(newsroom: Newsroom, folder: Path, *, stop: asyncio.Event) -> Tour | None:
    """Visit the newsroom, let it publish and correct, visit it again, export; None where stop cut it short.

    Needs a running reactor.
    """
    with open_store(fresh_folder(folder)) as store:
        for place in newsroom.sources:
            store.sources.add(Source(name=place.name, url=place.url, kind=SourceKind(place.kind), tags=("demo",)))
        async with open_workshop(crawler_settings(newsroom), store) as workshop:
            runs = Runs(workshop)
            desk = Desk(runs, store, SchedulerSettings())
            stopping = asyncio.create_task(stop_when_asked(stop, desk))
            names = [place.name for place in newsroom.sources]
            first = await desk.visit_all(Visits(names=names))
            ingested = await ingest_one(runs, newsroom.url_of(INGESTED))
            published = newsroom.publish_next()
            corrected = newsroom.correct(CORRECTED)
            second = await desk.visit_all(Visits(names=names, recheck=True))
            stopping.cancel()
        if stop.is_set():
            return None
        exports = await asyncio.to_thread(export_all, store, folder)
    return Tour(
        folder=folder,
        first=first,
        ingested=ingested,
        published=published.title if published else "",
        corrected=corrected.title,
        second=second,
        exports=exports,
        sample=sample_file(folder, exports[1]),
    )


async def ingest_one(runs: Runs, url: str) -> RunResult:
    """Ingest one URL, as ``bowerbird ingest`` does."""
    order = Order(source=Source(name="ingest", url=""), kind=SourceKind.PAGE, trigger="ingest", recheck=True)
    return await runs.ingest(order, Targets((Candidate(url=url, origin="ingest"),)))


def export_all(store: Store, folder: Path) -> list[ExportReport]:
    """Write all articles in all formats."""
    return [
        export(store.articles.iterate(), Profile(name=name, format=name, folder=folder / "export" / name))
        for name in FORMATS
    ]


def sample_file(folder: Path, report: ExportReport) -> Path:
    """Return the note to show: that of the corrected story."""
    notes = folder / "export" / "note"
    return next((notes / path for path in report.paths if "swing bridge" in path), notes / report.paths[0])
