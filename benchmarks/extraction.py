"""How well articles are read, and at what cost, beside plain trafilatura: same pages, same process, one run.

    .venv/bin/python benchmarks/extraction.py [--sets fundus-a,wcxb-dev] [--every 10] [--jobs 2] [--json results.json]
        [--write docs/extraction.md] [--shared FOLDER]

Every page of six collections with known truth is read by both in turn, who is first changes from page to page: plain
trafilatura gives metadata and text in one call and Markdown in a second one, ours gives text, Markdown, clean HTML and
all fields. Both begin with the page's bytes. What is counted is CPU time; the caches of trafilatura are emptied before
each reading, so that neither finds what the other has left there. Whole, it takes about six minutes.

The collections and their scorer are not part of the project: they lie in the folder that --shared or BOWERBIRD_SHARED
names (default: ../shared), and are read there. With --write the tables go into a document, between two marks.
"""

import argparse
import gc
import json
import logging
import sys
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from platform import python_version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.extraction_pages import SETS, Page, pages_of, scorer, shared_folder  # noqa: E402
from benchmarks.extraction_reading import forget, read_ours, read_plain, warm_up  # noqa: E402
from benchmarks.extraction_report import Outcome, Report, put_into  # noqa: E402
from benchmarks.extraction_stages import Stopwatch, watch_stages  # noqa: E402


@dataclass(frozen=True, slots=True)
class Work:
    """One collection to read: each page, or one of so many."""

    shared: Path
    collection: str
    every: int


def main() -> None:
    options = parsed_options()
    shared = shared_folder(options.shared)
    work = [Work(shared, name, options.every) for name in options.sets.split(",")]
    report = Report({each.collection: outcomes for each, outcomes in read_all(work, jobs=options.jobs)}, scorer(shared))
    text = report.write(heading=heading(len(report.all), every=options.every))
    print(text)
    if options.json:
        options.json.write_text(json.dumps(as_json(report), ensure_ascii=False, indent=0), encoding="utf-8")
    if options.write:
        put_into(options.write, text)


def parsed_options() -> argparse.Namespace:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", default=",".join(SETS), help="collections, with commas between")
    parser.add_argument("--every", type=int, default=1, help="read one page of so many")
    parser.add_argument("--jobs", type=int, default=1, help="processes; more than one is quicker and less exact")
    parser.add_argument("--json", type=Path, help="a file for the results of each page")
    parser.add_argument("--write", type=Path, help="a document for the tables")
    parser.add_argument("--shared", type=Path, help="the folder with corpora/ and score/")
    return parser.parse_args()


def read_all(work: Sequence[Work], *, jobs: int) -> list[tuple[Work, list[Outcome]]]:
    """Read all collections, each in one process."""
    if jobs <= 1:
        return [(each, read_collection(each)) for each in work]
    with ProcessPoolExecutor(jobs) as pool:
        return list(zip(work, pool.map(read_collection, work), strict=True))


def read_collection(work: Work) -> list[Outcome]:
    """Read a collection's pages with both."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    watch = prepared()
    pages = pages_of(work.shared, work.collection, every=work.every)
    return [read_page_twice(page, watch, is_plain_first=number % 2 == 0) for number, page in enumerate(pages)]


def prepared() -> Stopwatch:
    """Make this process ready, once: the stages are watched, what is loaded at first use is loaded."""
    if not PREPARED:
        PREPARED.append(watch_stages())
        warm_up(PREPARED[0])
        gc.collect()
        gc.freeze()
    return PREPARED[0]


PREPARED: list[Stopwatch] = []


def read_page_twice(page: Page, watch: Stopwatch, *, is_plain_first: bool) -> Outcome:
    """Read a page with both."""
    html = page.read()
    forget()
    plain = read_plain(html, page.url) if is_plain_first else None
    forget()
    ours = read_ours(html, page.url, watch)
    forget()
    return Outcome(page, plain or read_plain(html, page.url), ours)


def heading(count: int, *, every: int) -> str:
    """Say what was read, with what."""
    names = ", ".join(f"{name} {version(name)}" for name in ("trafilatura", "htmldate", "lxml"))
    part = "" if every == 1 else f" (one of {every})"
    return (
        f"{count:,} pages{part}, each read by plain trafilatura and by ours in one process, in turn; {names}, Python"
        f" {python_version()}. The halves are those of the MD5 of a page's id; `of` says on how many pages, lines or"
        " snippets a figure rests."
    )


def as_json(report: Report) -> list[dict[str, object]]:
    """What both gave for each page."""
    return [
        {
            "collection": outcome.page.collection,
            "id": outcome.page.name,
            "half": outcome.page.half,
            "plain": {**outcome.plain.record, "seconds": outcome.plain.seconds},
            "ours": {**outcome.ours.record, "seconds": outcome.ours.seconds, "stages": outcome.ours.stages},
        }
        for outcome in report.all
    ]


if __name__ == "__main__":
    main()
