"""What is left of a mirror whose export is killed at random points, and what the next run makes of it.

    .venv/bin/python benchmarks/export_kill.py [--kills 200] [--count 3000]

Each run writes a new revision of every article, so that each file is written again. It is killed (SIGKILL) after a
random time. After each kill every file is looked at: it must be whole, of this revision or of one before. At the end a
run that is left alone must bring all to the last revision, with one file an article and nothing else.
"""

import argparse
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).resolve().parents[1]
END = "END OF THE TEXT\n\n\n\n"
# The beginning of a run is killed as often as its end; most kills fall where files are written.
SHORTEST_SECONDS, LONGEST_SECONDS = 0.0, 3.0


@dataclass(frozen=True, slots=True)
class Killed:
    """What was found. interrupted: runs that were killed before they were done. left_over: files that are nobody's."""

    kills: int
    interrupted: int
    truncated: int
    doubled: int
    left_over: int


def export_once(folder: Path, *, count: int, revision: int) -> None:
    """Write one revision of all articles; in the process that is killed."""
    from datetime import UTC, datetime

    from storage.article import Article
    from storage.export.mirror import export
    from storage.export.profile import Profile

    at = datetime(2026, 1, 1, tzinfo=UTC)
    text = f"Revision {revision}. " * 300 + "\n\n" + END.strip()
    articles = (
        Article(id=f"a{each}", url=f"https://example.org/{each}", title=f"Title {each}", text=text, captured_at=at)
        for each in range(count)
    )
    print("ready", flush=True)
    report = export(articles, Profile(name="p", format="text", folder=folder))
    print(report.written + report.unchanged, report.kept, flush=True)


def start_exporter(folder: Path, *, count: int, revision: int) -> subprocess.Popen[str]:
    """Start a run in a process of its own, and wait until it is about to begin."""
    arguments = [sys.executable, __file__, "--once", str(folder), "--count", str(count), "--revision", str(revision)]
    exporter = subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert exporter.stdout is not None
    assert exporter.stdout.readline() == "ready\n"
    return exporter


def survive_kills(folder: Path, *, kills: int, count: int) -> Killed:
    """Kill so many runs and let one more end; return what was found after each."""
    interrupted = truncated = 0
    for revision in range(1, kills + 1):
        with start_exporter(folder, count=count, revision=revision) as exporter:
            time.sleep(random.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
            exporter.kill()
            assert exporter.stdout is not None
            interrupted += not exporter.stdout.read()
        truncated += sum(not is_whole(file) for file in folder.glob("*.txt"))
    with start_exporter(folder, count=count, revision=kills + 1) as exporter:
        said = exporter.stdout.read() if exporter.stdout else ""
        assert said == f"{count} 0\n", f"written or unchanged, kept: {said}"
    files = sorted(file.name for file in folder.rglob("*") if file.is_file() and file.parent.name != ".bowerbird")
    wanted = {f"title-{each}.txt" for each in range(count)}
    current = sum(f"Revision {kills + 1}. " in file.read_text("utf-8") for file in folder.glob("*.txt"))
    assert current == count, f"{count - current} files are not of the last revision"
    doubled = sum(name.endswith(".txt") and name not in wanted for name in files)
    return Killed(kills, interrupted, truncated, doubled, left_over=len(files) - count - doubled)


def is_whole(file: Path) -> bool:
    """Whether a file holds all of one revision."""
    text = file.read_text("utf-8")
    return text.endswith(END) and len(set(text.split("Revision ")[1:-1])) == 1


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="Kill exports at random points")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--revision", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        sys.path.insert(0, str(CHECKOUT))
        export_once(options.once, count=options.count, revision=options.revision)
        return
    with TemporaryDirectory() as folder:
        print(survive_kills(Path(folder), kills=options.kills, count=options.count))


if __name__ == "__main__":
    main()
