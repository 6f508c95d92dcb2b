"""bowerbird status: the store in one screen."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]


def test_the_accounts_of_all_runs_add_up(cli: Cli, crawled: Crawled) -> None:
    (status,) = rows(cli("status", "--json", "--settings", str(crawled.settings)).stdout)
    counts: Counter[str] = Counter()
    for row in crawled.results:
        counts.update(row["counts"])
    assert status["counts"] == counts
    assert status["attempts"] == counts.total()
    assert status["articles"] == counts["captured"] + counts["paywalled"]
    assert (status["sources"], status["due"], status["failing"]) == (4, 0, [])


def test_the_sources_stand_below(cli: Cli, crawled: Crawled) -> None:
    text = cli("status", "--settings", str(crawled.settings)).stdout
    assert text.startswith("articles  ")
    assert "counts" not in text
    assert all(f"\n{row['source']} " in text for row in crawled.results)


def test_an_empty_store_has_a_status(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (status,) = rows(cli("status", "--json").stdout)
    assert (status["articles"], status["sources"], status["last_run"], status["attempts"]) == (0, 0, None, 0)
