"""Peak memory of the whole process tree while every hostile server of the tests is met, through the real commands.

    .venv/bin/python benchmarks/hostile_memory.py [--most-mib 500]

Each behaviour of tests/crawler/hostile/ has a loopback address of its own, so that as many are met at once as a crawl
fetches at a time, under the default limits (only request_seconds is shorter). The figure is the sum of the proportional
set sizes (PSS) of the command, its fork server and its workers, sampled every 20 ms: memory that they share counts
once. The sum of their resident sizes (RSS), in which it counts several times, stands beside it. Exits with 1 where an
answer ends in another verdict than it should, or the sum is over --most-mib.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.crawler.hostile.answers import ANSWERS  # noqa: E402
from tests.crawler.hostile.sites import SITES  # noqa: E402
from tests.crawler.raw_server import RawServer  # noqa: E402

MIB = 1024 * 1024
SAMPLE_SECONDS = 0.02


@dataclass
class Peak:
    """The most that the tree of one process held at once, in bytes; processes: how many it was then."""

    pss: int = 0
    rss: int = 0
    processes: int = 0

    def take(self, root: psutil.Process) -> None:
        """Look once."""
        pss = rss = count = 0
        for process in [root, *root.children(recursive=True)]:
            try:
                held = process.memory_full_info()
            except psutil.Error:
                continue
            pss, rss, count = pss + held.pss, rss + held.rss, count + 1
        self.rss = max(self.rss, rss)
        if pss > self.pss:
            self.pss, self.processes = pss, count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most-mib", type=float, default=500)
    most = parser.parse_args().most_mib
    with ExitStack() as stack, TemporaryDirectory() as folder:
        servers = [stack.enter_context(RawServer(address=f"127.0.1.{n + 1}")) for n in range(len(ANSWERS) + len(SITES))]
        pages = dict(zip(ANSWERS, servers, strict=False))
        sites = dict(zip(SITES, servers[len(ANSWERS) :], strict=True))
        write_settings(Path(folder), servers, sites)
        wrong, page_peak = meet_answers(Path(folder), pages)
        site_peak = meet_sites(Path(folder), sites)
    worst = max(page_peak.pss, site_peak.pss) / MIB
    print(f"{len(ANSWERS)} answers, {len(wrong)} of them in a wrong verdict; {len(SITES)} sites")
    for line in wrong:
        print(f"  {line}")
    return int(bool(wrong) or worst > most)


def write_settings(folder: Path, servers: Sequence[RawServer], sites: dict[str, RawServer]) -> None:
    """Write a settings file that opts the servers in and names the sites as sources."""
    settings = {
        "crawler": {
            "allow_private_hosts": [server.host for server in servers],
            "delay_seconds": 0,
            "request_seconds": 5,
        },
        "sources": [
            {"name": f"site-{number}", "url": server.url("/source"), "kind": str(SITES[name].kind)}
            for number, (name, server) in enumerate(sites.items())
        ],
    }
    (folder / "settings.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def meet_answers(folder: Path, pages: dict[str, RawServer]) -> tuple[list[str], Peak]:
    """Ingest each hostile page; return those whose verdict is wrong, and the peak."""
    for name, server in pages.items():
        server.answers = {"/page": ANSWERS[name].answer}
    urls = {server.url("/page"): name for name, server in pages.items()}
    out, peak = watched(folder, ["--json", "ingest", "-"], "\n".join(urls))
    told = {line["url"]: line for line in map(json.loads, out.splitlines())}
    wrong = [
        f"{name}: {told.get(url, {}).get('verdict')}: {told.get(url, {}).get('reason')}"
        for url, name in urls.items()
        if told.get(url, {}).get("verdict") not in ANSWERS[name].verdicts
    ]
    return wrong, peak


def meet_sites(folder: Path, sites: dict[str, RawServer]) -> Peak:
    """Visit each hostile site as a source; return the peak."""
    for name, server in sites.items():
        server.answers = SITES[name].answers(server.url(""))
    return watched(folder, ["crawl", "--all"], "")[1]


def watched(folder: Path, arguments: Sequence[str], text: str) -> tuple[str, Peak]:
    """Run a command of ours and watch what its processes hold."""
    began, peak, done = time.monotonic(), Peak(), threading.Event()
    command = [str(Path(sys.executable).with_name("bowerbird")), *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        watcher = threading.Thread(target=watch, args=(process.pid, peak, done))
        watcher.start()
        out, _ = process.communicate(text)
        done.set()
        watcher.join()
    seconds = time.monotonic() - began
    print(
        f"{' '.join(arguments)}: {seconds:.0f} s, peak {peak.pss / MIB:.0f} MiB PSS in {peak.processes} processes"
        f" ({peak.rss / MIB:.0f} MiB RSS)"
    )
    return out, peak


def watch(pid: int, peak: Peak, done: threading.Event) -> None:
    """Sample until done."""
    try:
        root = psutil.Process(pid)
        while not done.wait(SAMPLE_SECONDS):
            peak.take(root)
    except psutil.NoSuchProcess:
        return


if __name__ == "__main__":
    sys.exit(main())
