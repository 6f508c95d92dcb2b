"""Files a second of an export: from memory and from the store, and what each way of flushing costs.

    .venv/bin/python benchmarks/export_speed.py [--count 10000] [--format note] [--rounds 3] [--in FOLDER]

Each round writes into a new folder: ext4 is slow to make files for a minute after as many were removed. A folder is
removed at the end only. What the disk itself can do at the time stands below the exports: compare with that.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).resolve().parents[1]
FILE_BYTES = 2500
BATCH = 1000


def rate(count: int, work: Callable[[], object]) -> float:
    """Run the work and return how many of count things it did in a second."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def flush_nothing(names: list[str], parent: int) -> None:
    """Write and move each file, flush none."""
    for name in names:
        written(f"{name}.tmp", parent, is_flushed=False)
        os.replace(f"{name}.tmp", name, src_dir_fd=parent, dst_dir_fd=parent)


def flush_each(names: list[str], parent: int) -> None:
    """Write, flush and move each file."""
    for name in names:
        written(f"{name}.tmp", parent, is_flushed=True)
        os.replace(f"{name}.tmp", name, src_dir_fd=parent, dst_dir_fd=parent)


def flush_at_once(names: list[str], parent: int) -> None:
    """Write a batch of files, flush the file system, move them: what an export does."""
    from storage.export.durability import sync_filesystem

    for start in range(0, len(names), BATCH):
        for name in names[start : start + BATCH]:
            written(f"{name}.tmp", parent, is_flushed=False)
        sync_filesystem(parent)
        for name in names[start : start + BATCH]:
            os.replace(f"{name}.tmp", name, src_dir_fd=parent, dst_dir_fd=parent)


def written(name: str, parent: int, *, is_flushed: bool) -> None:
    """Write one file."""
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, dir_fd=parent)
    os.write(descriptor, b"x" * FILE_BYTES)
    if is_flushed:
        os.fsync(descriptor)
    os.close(descriptor)


def measure_flushing(folder: Path, *, count: int, rounds: int) -> None:
    """Print what the three ways of writing give."""
    print(f"\n{count} files of {FILE_BYTES} bytes, nothing but written and moved\n\n| flushed | files/s |\n|---|---|")
    for name, way in (("nothing", flush_nothing), ("each file", flush_each), ("at once, by 1000", flush_at_once)):
        rates = []
        for number in range(rounds):
            place = folder / f"{way.__name__}{number}"
            place.mkdir(parents=True)
            parent = os.open(place, os.O_RDONLY)
            names = [f"{each}.md" for each in range(count)]
            rates.append(rate(count, partial(way, names, parent)))
            os.close(parent)
        print(f"| {name} | {statistics.median(rates):,.0f} ({min(rates):,.0f} to {max(rates):,.0f}) |")


def measure_export(folder: Path, *, count: int, rounds: int, format_name: str) -> None:
    """Print what an export gives, and its second run."""
    from benchmarks.export_articles import articles, fill
    from storage.database.store import open_store
    from storage.export.mirror import export
    from storage.export.profile import Profile
    from storage.settings import StorageSettings

    rates: dict[str, list[float]] = {"from memory": [], "from the store": [], "the same again": []}
    database = f"sqlite:///{folder / 'store.db'}"
    with open_store(StorageSettings(database=database, keep_pages_days=0)) as store:
        fill(store, count)
        for number in range(rounds):
            one, two = (Profile(name="p", format=format_name, folder=folder / f"{each}{number}") for each in "ab")
            given = list(articles(count))
            rates["from memory"].append(rate(count, partial(export, given, one)))
            del given
            for name in ("from the store", "the same again"):
                rates[name].append(rate(count, partial(export, store.articles.selection(), two)))
    print(f"\n{count} articles as {format_name}, durable\n\n| | articles/s |\n|---|---|")
    for name, found in rates.items():
        print(f"| {name} | {statistics.median(found):,.0f} ({min(found):,.0f} to {max(found):,.0f}) |")


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="Files a second of an export")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--format", default="note")
    parser.add_argument("--in", dest="place", type=Path, default=CHECKOUT, help="where to write; /dev/shm has no disk")
    options = parser.parse_args()
    sys.path.insert(0, str(CHECKOUT))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory(dir=options.place) as folder:
        measure_export(Path(folder), count=options.count, rounds=options.rounds, format_name=options.format)
        measure_flushing(Path(folder), count=options.count, rounds=options.rounds)


if __name__ == "__main__":
    main()
