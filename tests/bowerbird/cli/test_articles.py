"""bowerbird articles: what was captured."""

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import Row, rows

Cli = Callable[..., CompletedProcess[str]]
Articles = Callable[..., list[Row]]


@pytest.fixture
def articles(cli: Cli, crawled: Crawled) -> Articles:
    """Return what ``articles ... --json`` gives."""

    def call(*arguments: str) -> list[Row]:
        done = cli("articles", *arguments, "--json", "--settings", str(crawled.settings))
        assert (done.returncode, done.stderr) == (0, "")
        return rows(done.stdout)

    return call


def test_the_list_is_newest_first(articles: Articles) -> None:
    listed = articles("list", "--limit", "99")
    assert [row["captured_at"] for row in listed] == sorted((row["captured_at"] for row in listed), reverse=True)
    assert len({row["id"] for row in listed}) == len(listed) > 24
    assert articles("list") == listed[:20]
    assert {row["language"][:2] for row in listed} >= {"en", "de", "zh", "ar", "he"}


def test_the_list_can_be_narrowed_to_a_source(articles: Articles) -> None:
    assert {row["source"] for row in articles("list", "--source", "feldnotizen")} == {"feldnotizen"}
    assert articles("list", "--source", "nobody") == []


def test_a_search_finds_all_words_in_any_script_and_case(articles: Articles) -> None:
    assert "Council sets aside money" in articles("search", "SWING", "bridge")[0]["title"]
    assert articles("search", "swing", "bridge", "xylophone") == []
    assert len(articles("search", "%", "--limit", "99")) < len(articles("list", "--limit", "99"))
    chinese = next(row for row in articles("list", "--limit", "99") if row["language"].startswith("zh"))
    assert chinese["id"] in {row["id"] for row in articles("search", chinese["title"][:4])}


def test_one_article_is_shown_with_the_origin_of_each_field(articles: Articles, cli: Cli, crawled: Crawled) -> None:
    listed = articles("search", "swing", "bridge")[0]
    (shown,) = articles("show", listed["id"])
    assert {**shown, **listed} == shown
    assert set(shown) - set(listed) >= {"excerpt", "modified_at", "locations", "content_hash", "origins", "revisions"}
    assert (shown["revisions"], shown["is_paywalled"]) == (1, False)
    assert all(confidence in origin for origin in shown["origins"].values() for confidence in "()")
    text = cli("articles", "show", listed["id"], "--settings", str(crawled.settings)).stdout
    assert text.startswith("id ")
    assert listed["id"] in text.splitlines()[0]
    assert "\n\n" in text
    lines = text.partition("\norigins\n")[2].partition("\n\n")[0].splitlines()
    assert lines == [f"  {name}: {origin}" for name, origin in shown["origins"].items()]


@pytest.mark.parametrize("arguments", [["show", "zzz"], ["show", ""], ["list", "--limit", str(2**63)], ["search"]])
def test_a_wrong_call_is_one_line(cli: Cli, crawled: Crawled, arguments: list[str]) -> None:
    done = cli("articles", *arguments, "--settings", str(crawled.settings))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
