"""Memory of one extraction worker while it reads page after page, through the real pool.

    .venv/bin/python benchmarks/worker_memory.py [--pages 2000] [--most-mib 120] [--spare-mib 12] [--shared FOLDER]

The pages are those of the shared corpora in a fixed shuffled order, begun anew where they end. The worker is never
recycled here (a real one is, after crawler.worker_max_pages), so that a leak would show, and has time enough for each
page, however busy the machine is. Three sizes are read from its smaps_rollup: RSS, all it has in memory; PSS, in which
what it shares with the fork server counts half to each; USS, what is its own and would be free without it. Exits with
1 where the USS is ever over --most-mib, or more than --spare-mib over the most of the first quarter of the pages: a
worker keeps up to 8 MiB of what is free.
"""

import argparse
import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.extraction_pages import SETS, Page, pages_of, shared_folder  # noqa: E402
from crawler.errors import WorkerError  # noqa: E402
from crawler.extract.extraction import RawPage  # noqa: E402
from crawler.extract.page import extract_page  # noqa: E402
from crawler.pool import Pool, PoolSize  # noqa: E402
from crawler.settings import CrawlerSettings  # noqa: E402

MIB = 1024 * 1024
FIRST_MARKS = (1, 100)


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds, in bytes."""

    rss: int
    pss: int
    uss: int

    @classmethod
    def by(cls, number: int) -> "Held":
        """Read it from the kernel."""
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        sizes = Counter[str]()
        for line in lines:
            name, size, *_ = line.split()
            sizes[name.rstrip(":")] += int(size) * 1024
        return cls(sizes["Rss"], sizes["Pss"], sizes["Private_Clean"] + sizes["Private_Dirty"])

    def __str__(self) -> str:
        return f"USS {self.uss / MIB:6.1f}   PSS {self.pss / MIB:6.1f}   RSS {self.rss / MIB:6.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--most-mib", type=float, default=120)
    parser.add_argument("--spare-mib", type=float, default=12)
    parser.add_argument("--shared", type=Path, help="the folder with corpora/ and score/")
    options = parser.parse_args()
    pages = shuffled(shared_folder(options.shared))
    held = asyncio.run(watch(islice(cycle(pages), options.pages), marks_of(options.pages)))
    most = max(size.uss for size in held.values())
    early = max(size.uss for count, size in held.items() if count <= options.pages // 4)
    print(f"most: {most / MIB:.1f} MiB of its own; in the first quarter {early / MIB:.1f}")
    return int(most > options.most_mib * MIB or most > early + options.spare_mib * MIB)


def shuffled(shared: Path) -> list[Page]:
    """Return the pages of all collections in a fixed shuffled order."""
    found = [page for collection in SETS for page in pages_of(shared, collection)]
    random.Random(1).shuffle(found)
    return found


def marks_of(pages: int) -> set[int]:
    """Return after how many pages to look."""
    return {*FIRST_MARKS, *range(pages // 8, pages + 1, max(1, pages // 8)), pages}


async def watch(pages: Iterator[Page], marks: set[int]) -> dict[int, Held]:
    """Read the pages in one worker; return what it held after so many."""
    settings, held, died = CrawlerSettings(), dict[int, Held](), 0
    async with Pool(PoolSize(1, settings.worker_memory_bytes, sys.maxsize)) as pool:
        number = await pool.run(os.getpid, what="its number", seconds=60)
        print(f"new: {Held.by(number)} MiB")
        for count, page in enumerate(pages, start=1):
            raw = RawPage(html=page.read(), url=page.url)
            try:
                await pool.run(extract_page, raw, what=page.name, seconds=60)
            except WorkerError as error:
                number, died = await pool.run(os.getpid, what="its number", seconds=60), died + 1
                print(f"{count}: another worker, because {error}")
            if count in marks:
                await pool.run(os.getpid, what="its number", seconds=60)  # it has done with the page then
                held[count] = Held.by(number)
                print(f"after {count:5,} pages: {held[count]} MiB", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
