"""bowerbird why: the whole story of a URL."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from subprocess import CompletedProcess

from bowerbird.cli.why import stops
from storage.outcome import Attempt
from storage.verdict import Verdict
from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]


def test_every_address_of_the_newsroom_has_its_verdict_and_reason(cli: Cli, crawled: Crawled) -> None:
    told: dict[str, Verdict] = {}
    for truth in crawled.newsroom.expected():
        done = cli("why", truth.url, "--json", "--settings", str(crawled.settings))
        assert (done.returncode, done.stderr) == (0, "")
        attempts = [row for row in rows(done.stdout) if row["source"] == truth.source]
        assert all(row["reason"] for row in attempts)
        told[truth.url] = Verdict(attempts[-1]["verdict"])
    # Where one text stands at two addresses, the first that is read has it.
    new_or_duplicate = {Verdict.CAPTURED, Verdict.DUPLICATE}
    for truth in crawled.newsroom.expected():
        if truth.verdict in new_or_duplicate:
            assert told[truth.url] in new_or_duplicate
        else:
            assert (truth.url, told[truth.url]) == (truth.url, truth.verdict)


def test_the_story_is_told_in_words(cli: Cli, crawled: Crawled) -> None:
    duplicate = verdicts_of(cli, crawled, "duplicate")[0]
    done = cli("why", duplicate["url"], "--settings", str(crawled.settings))
    assert f"  duplicate  {duplicate['url']}\n  why: " in done.stdout
    assert "HTTP 200, " in done.stdout
    assert f"  the same as {duplicate['duplicate_of']}\n" in done.stdout


def test_an_address_that_was_only_passed_is_known_too(cli: Cli, crawled: Crawled) -> None:
    redirected = [row for row in verdicts_of(cli, crawled, "captured") if row["redirects"]]
    for row in redirected:
        for hop in row["redirects"]:
            assert row["url"] in cli("why", hop, "--settings", str(crawled.settings)).stdout


def test_where_a_redirect_leads_is_told_stop_by_stop() -> None:
    asked, passed, end = "https://example.org/a", "https://example.org/b", "https://new.example/c"
    attempt = Attempt(
        run_id=1, source="harbour", url=asked, verdict=Verdict.CAPTURED, reason="", at=datetime.now(UTC), final_url=end
    )
    assert stops(attempt) == []
    assert stops(replace(attempt, redirects=(asked,))) == [end]
    assert stops(replace(attempt, redirects=(asked, passed))) == [passed, end]
    assert stops(replace(attempt, redirects=(asked, passed), final_url=None)) == [passed]


def test_a_redirect_is_told_with_its_end(cli: Cli, crawled: Crawled) -> None:
    for row in (row for row in verdicts_of(cli, crawled, "captured") if row["redirects"]):
        done = cli("why", row["url"], "--settings", str(crawled.settings))
        assert f"  redirected to {row['final_url']}\n" in done.stdout


def test_an_unknown_url_says_how_to_fetch_it(cli: Cli, crawled: Crawled) -> None:
    url = "https://example.org/never\x1b[2J"
    done = cli("why", url, "--settings", str(crawled.settings))
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("https://example.org/never [2J was never offered by a source nor ingested")


def test_the_story_ends_with_what_may_help(cli: Cli, crawled: Crawled) -> None:
    short = verdicts_of(cli, crawled, "too_short")[0]
    done = cli("why", short["url"], "--settings", str(crawled.settings))
    assert done.stdout.startswith(f"offered by {short['source']}, first ")
    last = done.stdout.splitlines()[-1]
    assert last.startswith("in short: 1 attempt (1 too_short), no article came of it; last too_short at ")
    assert "what may help: `bowerbird extract --explain URL` shows what was left out" in last
    assert f"`sources: {short['source']}: body`" in last


def test_an_attempt_has_its_cause_its_hint_and_its_canonical_address(cli: Cli, crawled: Crawled) -> None:
    listing = verdicts_of(cli, crawled, "not_an_article")[0]
    assert listing["cause"] == "listing"
    assert listing["hint"] == "`bowerbird sources add NEW URL --kind section` watches it"
    captured = [truth for truth in crawled.newsroom.expected() if truth.canonical_url not in (None, truth.url)]
    for truth in captured:
        attempts = rows(cli("why", truth.url, "--json", "--settings", str(crawled.settings)).stdout)
        assert {row["canonical_url"] for row in attempts if row["verdict"] == "captured"} <= {truth.canonical_url}
        assert [row["hint"] for row in attempts if row["verdict"] == "captured" and row["hint"]] == []


def test_of_a_url_never_offered_the_nearest_thing_is_said(cli: Cli, crawled: Crawled) -> None:
    url = f"{crawled.newsroom.expected()[0].url}?page=2"
    done = cli("why", url, "--settings", str(crawled.settings))
    assert (done.returncode, done.stdout) == (5, "")
    assert "known with another query: " in done.stderr
    assert "has this site, but its feed at http://" in done.stderr


def test_a_url_never_offered_is_one_object_in_json(cli: Cli, crawled: Crawled) -> None:
    url = f"{crawled.newsroom.expected()[0].url}?page=2"
    done = cli("why", url, "--json", "--settings", str(crawled.settings))
    (row,) = rows(done.stdout)
    assert (done.returncode, done.stderr) == (5, "")
    assert (row["url"], row["verdict"], row["reason"]) == (url, None, "was never offered by a source nor ingested")
    assert any("known with another query: " in line for line in row["near"])


def test_of_a_sources_own_document_it_is_said_how_its_visits_go(cli: Cli, crawled: Crawled) -> None:
    place = next(place for place in crawled.newsroom.sources if place.name == "observatory")
    done = cli("why", place.url, "--settings", str(crawled.settings))
    first, last, following, helping = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first.startswith(f"{place.url} is where source observatory is watched, as ")
    assert last.startswith("last run ")
    assert " UTC: finished: " in last
    assert following.startswith("next visit ")
    assert helping.startswith("what may help: `bowerbird crawl observatory` visits it now")
    (row,) = rows(cli("why", place.url, "--json", "--settings", str(crawled.settings)).stdout)
    assert (row["source"], row["verdict"], row["run_status"]) == ("observatory", None, "finished")


def verdicts_of(cli: Cli, crawled: Crawled, verdict: str) -> list[dict[str, str]]:
    """Return the attempts of all runs that ended so."""
    runs = (cli("runs", "show", str(number), "--json", "--settings", str(crawled.settings)) for number in range(1, 5))
    return [row for done in runs for row in rows(done.stdout)[1:] if row["verdict"] == verdict]
