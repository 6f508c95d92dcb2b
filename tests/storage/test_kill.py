"""A process that is killed while it records loses nothing it acknowledged and doubles nothing."""

import subprocess
import sys
import time

import pytest

from storage.database.store import open_store
from storage.settings import StorageSettings
from storage.verdict import Verdict

BATCH = 5
RECORD_FOR_EVER = """
import itertools, sys
from datetime import UTC, datetime
from storage.article import Article
from storage.database.store import open_store
from storage.outcome import Outcome, Page
from storage.settings import StorageSettings
from storage.verdict import Verdict

name, now = sys.argv[2], datetime(2026, 3, 1, tzinfo=UTC)

def outcome(url):
    article = Article(url=url, title=url, text=f"The text at {url}.")
    page = Page(url=url, fetched_at=now, status=200, headers={}, body=url.encode())
    return Outcome(url=url, verdict=Verdict.CAPTURED, reason="", at=now, article=article, page=page)

with open_store(StorageSettings(database=sys.argv[1])) as store:
    run = store.runs.start("s", trigger="test", now=now)
    for batch in itertools.count():
        urls = [f"https://example.org/{name}/{batch}/{number}" for number in range(5)]
        store.record(run, [outcome(url) for url in urls])
        print(*urls, flush=True)
"""


@pytest.mark.parametrize("rounds", [4])
def test_a_kill_loses_no_acknowledged_row_and_doubles_none(settings: StorageSettings, rounds: int) -> None:
    acknowledged: list[str] = []
    for number in range(rounds):
        command = [sys.executable, "-c", RECORD_FOR_EVER, settings.database, str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(3)]
            time.sleep(0.017 * (number + 1))
            process.kill()
            lines += process.stdout.readlines()
        acknowledged += [url for line in lines if line.endswith("\n") for url in line.split()]
    with open_store(settings) as store:
        stored = [article.url for article in store.articles.iterate()]
        attempts = [attempt.url for run in store.runs.list(limit=9) for attempt in store.attempts.of_run(run.id)]
        assert set(acknowledged) <= set(stored)
        assert len(stored) == len(set(stored))
        assert sorted(attempts) == sorted(stored)
        assert len(stored) % BATCH == 0
        assert len(stored) - len(acknowledged) <= rounds * BATCH
        assert store.attempts.counts() == {Verdict.CAPTURED: len(stored)}
        assert all(store.pages.get(url) is not None for url in stored)
