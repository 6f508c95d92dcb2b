"""``bowerbird export`` twice over the same articles: what the second run costs, and what it touches.

    .venv/bin/python benchmarks/export_mirror.py [--count 10000] [--format note]

Whole commands, each in a process of its own, its start included. Then what one article of a crawl costs in a folder of
that many: the ledger is read whole, and nothing else.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).resolve().parents[1]
COMMAND = CHECKOUT / ".venv/bin/bowerbird"


@dataclass(frozen=True, slots=True)
class Run:
    """One command."""

    written: int
    unchanged: int
    wall_seconds: float
    cpu_seconds: float


def run_command(folder: Path, name: str) -> Run:
    """Export into a folder and return what it cost; CPU is that of all its processes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    arguments = [str(COMMAND), "--json", "export", "--format", name, "--to", "out"]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    row = json.loads(done.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(row["written"], row["unchanged"], wall, cpu)


def modified(folder: Path) -> dict[str, int]:
    """Return when each file was last written."""
    return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


def capture_milliseconds(folder: Path, *, name: str) -> float:
    """Return how long one new article takes in a folder that holds many, as after a crawl."""
    from benchmarks.export_articles import article
    from storage.export.mirror import export
    from storage.export.profile import Profile

    profile = Profile(name=name, format=name, folder=folder / "out")
    begun = time.perf_counter()
    assert export([article(10**6)], profile).written == 1
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="bowerbird export twice")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--format", default="note")
    options = parser.parse_args()
    sys.path.insert(0, str(CHECKOUT))
    from benchmarks.export_articles import fill
    from storage.database.store import open_store
    from storage.settings import StorageSettings

    print(f"{options.count} articles as {options.format}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    with TemporaryDirectory(dir=CHECKOUT) as name:
        folder = Path(name)
        (folder / "settings.yaml").write_text("storage: {database: 'sqlite:///b.db', keep_pages_days: 0}\n")
        with open_store(StorageSettings(database=f"sqlite:///{folder}/b.db", keep_pages_days=0)) as store:
            fill(store, options.count)
        first = run_command(folder, options.format)
        before = modified(folder / "out")
        second = run_command(folder, options.format)
        touched = sum(before[path] != at for path, at in modified(folder / "out").items())
        print("| run | written | unchanged | wall s | CPU s |\n|---|---|---|---|---|")
        for which, run in (("first", first), ("second", second)):
            print(f"| {which} | {run.written} | {run.unchanged} | {run.wall_seconds:.2f} | {run.cpu_seconds:.2f} |")
        print(f"\nsecond to first: {second.wall_seconds / first.wall_seconds:.2f} of the wall time")
        print(f"files touched by the second: {touched}")
        ledger = folder / "out/.bowerbird" / f"{options.format}.jsonl"
        print(f"ledger: {ledger.stat().st_size / options.count:.0f} bytes an article")
        print(f"one more article, after a crawl: {capture_milliseconds(folder, name=options.format):.0f} ms")


if __name__ == "__main__":
    main()
