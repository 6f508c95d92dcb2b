"""Settings from file and environment: order, origins, paths, and every problem in plain words."""

import json
from pathlib import Path

import pytest

from bowerbird.errors import SettingsMissing, SettingsWrong
from bowerbird.settings.load import Loaded, load_settings
from bowerbird.settings.model import MODELS, Settings
from storage.source import Source, SourceKind

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str = "", **environment: str) -> Loaded:
    Path("settings.yaml").write_text(text, encoding="utf-8")
    return load_settings(None, environment)


def problems(text: str = "", **environment: str) -> list[str]:
    with pytest.raises(SettingsWrong) as caught:
        load(text, **environment)
    return str(caught.value).splitlines()


def test_without_a_file_all_is_default() -> None:
    loaded = load_settings(None, {})
    assert loaded.settings == Settings()
    assert loaded.file is None
    assert set(loaded.origins.values()) == {"default"}


@pytest.mark.parametrize("text", ["", "storage:\ncrawler:\nexport:\nsources:\n"])
def test_an_empty_file_or_section_is_all_default(text: str) -> None:
    assert load(text).settings == Settings()


def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(SettingsMissing, match=r"a\.yaml"):
        load_settings(Path("a.yaml"), {})
    with pytest.raises(SettingsMissing, match=r"b\.yaml"):
        load_settings(None, {"BOWERBIRD_SETTINGS": "b.yaml"})


def test_the_option_comes_before_the_variable() -> None:
    Path("a.yaml").write_text("web: {port: 1}", encoding="utf-8")
    assert load_settings(Path("a.yaml"), {"BOWERBIRD_SETTINGS": "b.yaml"}).settings.web.port == 1


def test_environment_comes_before_file_before_default() -> None:
    loaded = load("crawler: {delay_seconds: 2, max_pages: 5}", BOWERBIRD_CRAWLER__DELAY_SECONDS="0")
    crawler = loaded.settings.crawler
    assert (crawler.delay_seconds, crawler.max_pages, crawler.max_redirects) == (0, 5, 5)
    assert loaded.origins["crawler.delay_seconds"] == "environment BOWERBIRD_CRAWLER__DELAY_SECONDS"
    assert loaded.origins["crawler.max_pages"] == "settings.yaml"
    assert loaded.origins["crawler.max_redirects"] == "default"


def test_environment_takes_text_numbers_truth_and_lists() -> None:
    settings = load(
        BOWERBIRD_CRAWLER__ALLOW_PRIVATE_HOSTS='["127.0.0.1:8000"]',
        BOWERBIRD_CRAWLER__EXTRA_PORTS="[81, 82]",
        BOWERBIRD_CRAWLER__WORKERS="3",
        BOWERBIRD_CRAWLER__CONTACT="12345",
        BOWERBIRD_CRAWLER__KEEP_REJECTED_PAGES="true",
        BOWERBIRD_STORAGE__DATABASE="sqlite:////tmp/x.db",
    ).settings
    assert settings.crawler.allow_private_hosts == ("127.0.0.1:8000",)
    assert settings.crawler.extra_ports == (81, 82)
    assert settings.crawler.workers == 3
    assert settings.crawler.contact == "12345"
    assert settings.crawler.keep_rejected_pages is True
    assert settings.storage.database == "sqlite:////tmp/x.db"


def test_variables_of_another_shape_are_left_alone() -> None:
    assert load(BOWERBIRD_HOME="x", OTHER__THING="y", BOWERBIRD="z").settings == Settings()


def test_variables_of_ours_that_are_no_settings_are_left_alone() -> None:
    names = ("TEST_POSTGRES", "SHARED", "NEWS_KEY")
    assert load(**{f"BOWERBIRD_{name}": "x" for name in names}).settings == Settings()
    assert load(BOWERBIRD_SETTINGS="settings.yaml").settings == Settings()


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("BOWERBIRD_CRAWLER_DELAY_SECONDS", "BOWERBIRD_CRAWLER__DELAY_SECONDS"),
        ("BOWERBIRD_STORAGE_DATABASE", "BOWERBIRD_STORAGE__DATABASE"),
        ("BOWERBIRD_WEB_PORT", "BOWERBIRD_WEB__PORT"),
    ],
)
def test_one_underscore_after_the_section_is_not_overlooked(variable: str, meant: str) -> None:
    assert problems(**{variable: "2"}) == [f"environment: {variable} is not a setting. Did you mean {meant}?"]


def test_problems_in_the_environment_name_the_variable() -> None:
    assert problems(
        BOWERBIRD_CRAWLER__DELAY_SECONDS="soon",
        BOWERBIRD_CRAWLER__EXTRA_PORTS="[81, x]",
        BOWERBIRD_CRAWLER__RECHECK="[",
        BOWERBIRD_CRAWLR__DELAY_SECONDS="1",
        BOWERBIRD_QQ__QQ="1",
    ) == [
        "environment: BOWERBIRD_CRAWLER__DELAY_SECONDS is soon; it must be a number",
        "environment: BOWERBIRD_CRAWLER__EXTRA_PORTS[2] is x; it must be a whole number",
        "environment: BOWERBIRD_CRAWLER__RECHECK: this is not YAML: while parsing a flow node expected the node "
        "content, but found '<stream end>', at column 9",
        "environment: BOWERBIRD_CRAWLR__DELAY_SECONDS is not a setting. Did you mean BOWERBIRD_CRAWLER__DELAY_SECONDS?",
        "environment: BOWERBIRD_QQ__QQ is not a setting. `bowerbird settings schema` lists all settings.",
    ]


def test_every_problem_is_told_at_once_in_plain_words() -> None:
    text = (ROOT / "tests/bowerbird/settings_wrong.yaml").read_text(encoding="utf-8")
    expected = (ROOT / "tests/bowerbird/settings_wrong.txt").read_text(encoding="utf-8")
    assert problems(text) == expected.splitlines()


@pytest.mark.parametrize("value", ["3", "[a]", "text"])
def test_a_section_must_be_a_mapping(value: str) -> None:
    (line,) = problems(f"crawler: {value}", BOWERBIRD_CRAWLER__MAX_PAGES="3")
    assert line.startswith("settings.yaml: crawler is ")
    assert line.endswith("; it must be a mapping: keys with values (line 1)")


@pytest.mark.parametrize("value", ["3", "{a: 1}", "text"])
def test_sources_must_be_a_list(value: str) -> None:
    (line,) = problems(f"sources: {value}")
    assert line.startswith("settings.yaml: sources is ")
    assert line.endswith("; it must be a list, such as [a, b] (line 1)")


def test_secrets_are_masked_in_problems() -> None:
    (line,) = problems('storage: {database: "mysql://me:geheim@host/x"}')
    assert "geheim" not in line
    assert 'is "mysql://me:********@host/x"; it must be sqlite:///PATH' in line


def test_sources_turn_into_what_the_floors_know() -> None:
    text = """
    sources:
      - name: Beispiel Blog
        url: https://example.org/feed.xml
        kind: feed
        every: 0 6 * * mon-fri
        include: ['*/news/*', 're:/\\d+$']
        since: 30d
        tags: [a, b]
    """
    loaded = load(text)
    assert loaded.settings.watched == (
        Source(
            name="Beispiel Blog",
            url="https://example.org/feed.xml",
            kind=SourceKind.FEED,
            every="0 6 * * mon-fri",
            include=("*/news/*", r"re:/\d+$"),
            since="30d",
            tags=("a", "b"),
        ),
    )
    assert loaded.origins["sources[Beispiel Blog].every"] == "settings.yaml"
    assert loaded.origins["sources[Beispiel Blog].body"] == "default"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "example.org", "https://", "http://[::1", "http://a:b/", "http://a b/", "file:///etc/x"]
)
def test_a_source_has_a_url_of_the_web(url: str) -> None:
    (line,) = problems(f"sources: [{{name: a, url: '{url}'}}]")
    assert "it must be a URL that begins with http:// or https://" in line


def test_paths_in_the_file_start_from_its_folder(here: Path) -> None:
    folder = here / "etc"
    folder.mkdir()
    path = folder / "news.yaml"
    path.write_text("export: [{name: a, format: note, folder: out}, {name: b, format: note, folder: /abs}]")
    settings = load_settings(path, {}).settings
    assert settings.storage.database == f"sqlite:///{folder}/data/bowerbird.db"
    assert [profile.folder for profile in settings.export] == [folder / "out", Path("/abs")]


def test_paths_in_the_environment_start_from_the_current_folder(here: Path) -> None:
    path = here / "news.yaml"
    path.write_text("")
    loaded = load_settings(path, {"BOWERBIRD_STORAGE__DATABASE": "sqlite:///x.db"})
    assert loaded.settings.storage.database == "sqlite:///x.db"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    text = "{storage: {database: 'sqlite:///~/b.db?timeout=3'}, export: [{name: a, format: note, folder: ~/vault}]}"
    settings = load(text).settings
    assert settings.storage.database == "sqlite:////home/someone/b.db?timeout=3"
    assert settings.export[0].folder == Path("/home/someone/vault")


def test_a_database_that_is_no_file_stays_as_it_is(here: Path) -> None:
    path = here / "deep" / "news.yaml"
    path.parent.mkdir()
    path.write_text("storage: {database: 'postgresql+psycopg://me@host/news'}")
    assert load_settings(path, {}).settings.storage.database == "postgresql+psycopg://me@host/news"


@pytest.mark.parametrize(
    "database",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite+pysqlite:///:memory:",
        "sqlite:///?timeout=3",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///file:x?mode=memory&uri=true",
    ],
)
def test_a_database_in_memory_is_refused(database: str) -> None:
    (line,) = problems(f"storage: {{database: '{database}'}}")
    assert line.startswith(f'settings.yaml: storage.database is "{database}"; it must be sqlite:///PATH with the path')


@pytest.mark.parametrize("selector", ["div[", "", "p:nonsense", "a::", "x|p"])
def test_a_selector_that_cannot_be_read_is_refused(selector: str) -> None:
    (line,) = problems(f"sources: [{{name: a, url: 'https://a.example/', body: '{selector}'}}]")
    assert line.startswith(f"settings.yaml: sources[a].body is {json.dumps(selector)}; it must be a CSS selector")


def test_a_selector_that_can_be_read_is_taken() -> None:
    (source,) = load("sources: [{name: a, url: 'https://a.example/', body: 'main > .text, #story'}]").settings.sources
    assert source.body == "main > .text, #story"


@pytest.mark.parametrize("key", ["include", "exclude"])
def test_a_pattern_that_cannot_be_read_is_refused(key: str) -> None:
    (line,) = problems(f"sources: [{{name: a, url: 'https://a.example/', {key}: ['re:(']}}]")
    assert "or re: and a regular expression: missing )" in line


SOURCE = "sources: [{{name: a, url: 'https://a.example/', {}}}]"
REFUSED = (
    ("crawler: {extra_ports: [81, 0]}", "crawler.extra_ports[2] is 0; it must be 1 or more"),
    ("crawler: {extra_ports: [65536]}", "crawler.extra_ports[1] is 65536; it must be 65535 or less"),
    ("crawler: {allow_private_hosts: [nas.local]}", "[1] is nas.local; it must be host:port, such as 192.168.0.5:80"),
    ("crawler: {allow_private_hosts: ['a:0']}", "it must be host:port"),
    ("crawler: {allow_private_hosts: ['::1:80']}", "it must be host:port"),
    ("crawler: {allow_private_hosts: ['http://a:80']}", "it must be host:port"),
    ("crawler: {contact: ''}", 'crawler.contact is ""; it must be one line of text, and not empty'),
    ("crawler: {user_agent: Me/1}", 'crawler.user_agent is "Me/1"; it must hold {contact}, or the contact itself'),
    (SOURCE.format("headers: {X-Key: 'a${KEY'}"), "the value of X-Key holds a ${ that begins no variable"),
    (SOURCE.format("cookies: {id: '${KEY'}"), "the value of id holds a ${ that begins no variable"),
    (SOURCE.format("headers: {Bad Name: a}"), "'Bad Name' is no name of a header: letters, digits and hyphens"),
    (SOURCE.format("headers: {Host: a}"), "'Host' is no header that can be set"),
    (SOURCE.format("fallbacks: ['https://a.example/']"), "https://a.example/ is the source's own url"),
    (SOURCE.format("fallbacks: ['https://b.example/', 'https://b.example/']"), "https://b.example/ is there twice"),
)


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_could_never_work_is_refused(text: str, said: str) -> None:
    (line,) = problems(text)
    assert said in line


@pytest.mark.parametrize(
    "text",
    [
        "crawler: {extra_ports: [1, 65535], allow_private_hosts: ['nas.local:80', '[::1]:8080']}",
        "crawler: {user_agent: 'Me/1 (me@a.example)', contact: me@a.example}",
        SOURCE.format("headers: {X-Key: 'a ${KEY} $ {'}, fallbacks: ['http://a.example/']"),
    ],
)
def test_what_may_well_work_is_taken(text: str) -> None:
    assert load(text).settings != Settings()


def test_the_shipped_file_is_well_and_fetches_nothing_by_itself() -> None:
    settings = load_settings(ROOT / "settings.yaml", {}).settings
    assert settings.sources == ()
    assert settings.export == ()
    assert settings.crawler == Settings().crawler


def test_the_examples_in_the_shipped_file_are_well() -> None:
    settings = load(uncommented()).settings
    assert [profile.name for profile in settings.export] == ["vault"]
    assert [source.name for source in settings.sources] == ["example-blog"]


def uncommented() -> str:
    """Return the shipped file with its examples in force."""
    lines = []
    for line in (ROOT / "settings.yaml").read_text(encoding="utf-8").splitlines():
        if line in ("export: []", "sources: []"):
            lines.append(line.removesuffix(" []"))
        else:
            lines.append(line[1:] if line.startswith("#  ") else line)
    return "\n".join(lines)


@pytest.mark.parametrize("section", MODELS)
def test_every_key_is_in_the_documentation(section: str) -> None:
    documentation = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    table = documentation.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    for key, field in MODELS[section].model_fields.items():
        assert f"| `{key}` |" in table
        assert field.description, f"{section}.{key} says nothing of itself"
