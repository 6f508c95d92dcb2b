"""settings show, check and schema."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from bowerbird.settings.model import Settings

Cli = Callable[..., CompletedProcess[str]]

SECRETIVE = """
storage: {database: "postgresql+psycopg://me:geheim@host/news?sslpassword=geheim"}
crawler: {allow_private_hosts: ["a:1"]}
export: [{name: vault, format: note, folder: out}]
sources:
  - {name: a b, url: "https://me:geheim@example.org/feed?api_key=geheim&x=1", every: 30m}
  - {name: "on", url: "https://example.org/日本"}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_counts_sources_and_profiles(cli: Cli, here: Path) -> None:
    (here / "settings.yaml").write_text(SECRETIVE, encoding="utf-8")
    done = cli("settings", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "settings.yaml: all well: 2 sources, 1 export profile\n"


def test_check_says_what_a_source_lacks(cli: Cli, here: Path) -> None:
    text = "crawler: {browser: /nowhere}\nsources: [{name: app, url: https://example.org/, render: browser}]"
    (here / "settings.yaml").write_text(text, encoding="utf-8")
    done = cli("settings", "check")
    assert done.returncode == 0
    assert done.stderr.startswith("render: browser needs `pip install bowerbird[browser]` and Chromium")


def test_check_says_that_a_file_of_authorities_is_not_there(cli: Cli, here: Path) -> None:
    (here / "settings.yaml").write_text("crawler: {ca_file: nowhere.pem}", encoding="utf-8")
    done = cli("settings", "check")
    assert done.returncode == 0
    assert done.stderr.startswith("crawler.ca_file nowhere.pem cannot be read as a PEM file of certificates; ")


def test_check_without_a_file_is_well(cli: Cli) -> None:
    assert cli("settings", "check").stdout.endswith("all well: 0 sources, 0 export profiles\n")


def test_check_names_every_problem_and_exits_2(cli: Cli, here: Path) -> None:
    (here / "settings.yaml").write_text("web: {prt: 1}\nscheduler: {tick_seconds: 0}", encoding="utf-8")
    done = cli("settings", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "bowerbird: settings.yaml: web.prt is not a setting. Did you mean port? (line 1)",
        "bowerbird: settings.yaml: scheduler.tick_seconds is 0; it must be 0.1 or more (line 2)",
    ]


def test_a_missing_file_exits_2(cli: Cli) -> None:
    done = cli("--settings", "nowhere.yaml", "settings", "check")
    assert done.returncode == 2
    assert done.stderr.startswith("bowerbird: nowhere.yaml: there is no such file")


def test_show_is_yaml_with_origins_and_without_secrets(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOWERBIRD_WEB__PORT", "9000")
    (here / "settings.yaml").write_text(SECRETIVE, encoding="utf-8")
    done = cli("settings", "show")
    assert "geheim" not in done.stdout
    assert "# environment BOWERBIRD_WEB__PORT" in done.stdout
    shown = Settings.model_validate(yaml.safe_load(done.stdout.replace("on: manual", "'on': manual")))
    assert shown.web.port == 9000
    assert shown.sources[0].name == "a b"
    assert shown.sources[0].url == "https://me:********@example.org/feed?api_key=********&x=1"
    assert shown.sources[1].name == "on"
    assert shown.crawler.allow_private_hosts == ("a:1",)


def test_show_as_json_is_one_value_a_line(cli: Cli, here: Path) -> None:
    (here / "settings.yaml").write_text(SECRETIVE, encoding="utf-8")
    values = [json.loads(line) for line in cli("settings", "show", "--json").stdout.splitlines()]
    assert {"key": "sources[a b].every", "value": "30m", "origin": "settings.yaml"} in values
    assert {"key": "web.port", "value": 8750, "origin": "default"} in values
    assert "geheim" not in json.dumps(values)


def test_schema_describes_every_section(cli: Cli) -> None:
    schema = json.loads(cli("settings", "schema").stdout)
    assert set(schema["properties"]) == {"storage", "crawler", "scheduler", "web", "export", "sources"}
    assert schema["additionalProperties"] is False
