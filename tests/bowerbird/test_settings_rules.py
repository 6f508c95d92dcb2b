"""Rules for single sites in settings.yaml: what is refused, in which words, and how they are shown."""

import json
from pathlib import Path

import pytest

from bowerbird.errors import SettingsWrong
from bowerbird.settings.load import Loaded, load_settings
from bowerbird.settings.model import Settings
from bowerbird.settings.show import settings_lines
from crawler.extract.sites.rule import LabelSettings, PickSettings, RuleSettings, Written

ROOT = Path(__file__).parents[2]
CSS = "it must be a CSS selector"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(rule: str) -> Loaded:
    Path("settings.yaml").write_text(f"crawler:\n  rules:\n    - {rule}\n", encoding="utf-8")
    return load_settings(None, {})


def problem(rule: str) -> str:
    with pytest.raises(SettingsWrong) as caught:
        load(rule)
    (line,) = str(caught.value).splitlines()
    return line.removeprefix("settings.yaml: crawler.rules").removesuffix(" (line 3)")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("body: 'h1['", f'.body is "h1["; {CSS} such as article .text: Expected ident'),
        (
            "body: [p, 'a::text']",
            f'.body[2] is "a::text"; {CSS} such as article .text: Pseudo-elements are',
        ),
        ("body: ['svg|a']", f'.body[1] is "svg|a"; {CSS} such as article .text: Undefined namespace'),
        ("remove: ''", f'.remove is ""; {CSS} such as article .text: '),
        ("body: #text", ".body is empty; it must be text; put it in quotes"),
        ("title: '!'", f'.title is "!"; {CSS} such as article .text: '),
        ("title: #text", f".title is empty; {CSS} (in quotes where it begins with #)"),
        ("title: 3", f".title is 3; {CSS} (in quotes where it begins with #), selector@attribute"),
        ("date: {selector: b, patern: x}", ".date.patern is not a setting. Did you mean pattern?"),
        ("date: {attribute: x}", ".date.selector is missing; it must be there"),
        ("date: {selector: a, attribute: 'x y'}", '.date.attribute is "x y"; it must be the name of an attribute'),
        ("date: [time, {selector: b, pattern: '('}]", '.date[2].pattern is "("; it must be a regular expression: '),
        ("tags: {selector: b, label: {selector: i}}", ".tags.label.word is missing; it must be there"),
        ("title: h1, boddy: p", ".boddy is not a setting. Did you mean body?"),
        ("title: h1, frobnicate: p", ".frobnicate is not a setting. Known: site, pages, address, body, remove"),
        ("title: h1, pages: 're:('", '.pages is "re:("; it must be a glob such as */news/*, or re: and'),
        ("title: h1, address: '['", '.address is "["; it must be a regular expression: '),
        ("title: h1, zone: Mars", ".zone is Mars; it must be an offset such as +08:00, or a zone such as"),
        ("title: h1, verbatim: 7", ".verbatim is 7; it must be true or false"),
        ("pages: '*'", ' is {"site": "example.org", "pages": "*"}; it must name what to look for: body, remove'),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_site_and_key(keys: str, said: str) -> None:
    line = problem(f"{{site: example.org, {keys}}}" if "#" not in keys else f"site: example.org\n      {keys}")
    assert line.split(" (line ")[0].startswith(f"[example.org]{said}")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "{site: 'https://example.org/x', body: p}",
            "it must be a host such as example.org; `pages` narrows a rule to",
        ),
        ("{site: [], body: p}", "it must name a host such as example.org"),
        ("{site: 'exa mple.org', body: p}", "it must be a host such as example.org"),
        ("{body: p}", "[1].site is missing; it must be there"),
        ("text", "[1] is text; it must be a mapping: keys with values"),
    ],
)
def test_a_rule_names_hosts(rule: str, said: str) -> None:
    assert said in problem(rule)


def test_a_rule_from_the_environment_is_refused_by_its_variable() -> None:
    with pytest.raises(SettingsWrong) as caught:
        load_settings(None, {"BOWERBIRD_CRAWLER__RULES": "[{site: a.example, title: '['}]"})
    assert str(caught.value).startswith(
        'environment: BOWERBIRD_CRAWLER__RULES[a.example].title is "["; it must be a CSS'
    )


def test_rules_are_shown_as_they_are_written() -> None:
    keys = "site: example.org, title: h1@title, authors: [.by, {selector: b, pattern: By (.+)}], remove: .ad"
    (line,) = [line for line in settings_lines(load(f"{{{keys}}}")) if line.startswith("  rules: ")]
    text, _, origin = line.partition("  # ")
    assert origin == "settings.yaml"
    assert json.loads(text.removeprefix("  rules: ")) == [
        {
            "site": ["example.org"],
            "title": ["h1@title"],
            "authors": [".by", {"selector": "b", "pattern": "By (.+)"}],
            "remove": [".ad"],
        }
    ]


def test_the_schema_takes_a_rule_in_each_form() -> None:
    definitions = Settings.model_json_schema()["$defs"]
    kinds = definitions["RuleSettings"]["properties"]["title"]["anyOf"]
    assert [kind.get("type", "object") for kind in kinds] == ["string", "object", "array"]


@pytest.mark.parametrize("model", [RuleSettings, PickSettings, LabelSettings])
def test_every_key_of_a_rule_is_in_the_documentation(model: type[Written]) -> None:
    documentation = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    table = documentation.partition("\n### crawler.rules\n")[2].partition("\n## ")[0]
    for key, field in model.model_fields.items():
        assert f"| `{key}` |" in table
        assert field.description, f"{key} says nothing of itself"


def test_the_rules_of_the_documentation_can_be_used() -> None:
    text = (ROOT / "docs/extraction.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    Path("settings.yaml").write_text(example, encoding="utf-8")
    assert len(load_settings(None, {}).settings.crawler.site_rules) >= 2
