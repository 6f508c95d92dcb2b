"""Names that a user chooses, for articles whose titles do their worst."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storage.export.errors import BadNames
from storage.export.mirror import export
from storage.export.names import check_names, named
from tests.storage.export.articles import Shelf, a_profile, an_article

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9"}
TITLES = [
    *[
        "CON",
        "nul",
        "Aux.md",
        "COM1",
        "lpt9.txt",
        "..",
        ".",
        "...",
        "../../etc/passwd",
        "..\\..\\windows",
        "/etc/passwd",
    ],
    *["C:\\autoexec.bat", "a/../../b", "~root", "trailing. . .", " spaces ", "", "\0", "a\0b", "line\nbreak", "tab\t"],
    *["Cafe\u0301", "Caf\u00e9", "CAF\u00c9", "stra\u00dfe", "STRASSE", "\u202egpj.exe", "\u2066x\u2069", "\ufeffbom"],
    *["x" * 300, "\u4e2d" * 300, "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 60, "e\u0301" * 200, "-rf", "--help"],
    *["%2e%2e%2f", "{id}", "{0.__class__}", "$(reboot)", "`id`", "a:b", "a|b", "<script>", "?*", '"quoted"', "\ud800"],
]
TEMPLATES = [
    "{date}-{slug}-{id}",
    "{title}",
    "{source} {title}",
    "{year}.{month}.{title}",
    "{title}{title}{id}",
    "con{title}",
    ".{title}",
]


def assert_safe(path: str) -> None:
    for part in path.split("/"):
        assert 0 < len(part.encode()) <= 120
        assert part == unicodedata.normalize("NFC", part)
        assert not set(part) & set('<>:"\\|?*\0\n\r\t')
        assert not any(unicodedata.category(each) in ("Cc", "Cs") or each in "\u202e\u2066" for each in part)
        assert part.strip(" ") == part
        assert part.strip(".") == part
        assert part.split(".")[0].lower() not in RESERVED


def test_a_name_is_made_of_what_is_known_of_the_article() -> None:
    article = replace(an_article("abcdefghijkl", title="Swing Bridge: a Budget"), source="Harbour Ledger")
    assert named("x/y.md", article, "{date}-{slug}-{id}") == "x/2024-01-31-swing-bridge-a-budget-abcdefgh.md"
    assert (
        named("y.md", article, "{source}, {year}-{month}: {title}")
        == "Harbour Ledger, 2024-01 Swing Bridge a Budget.md"
    )
    assert named("content/posts/y/index.md", article, "{id}") == "content/posts/abcdefgh/index.md"
    undated = replace(article, captured_at=None, source="")
    assert named("y.md", undated, "{date} {source} {slug}") == "undated unknown swing-bridge-a-budget.md"


def test_a_long_title_costs_neither_date_nor_id() -> None:
    for title in ("word " * 100, "\u4e2d" * 300):
        path = named("y.md", an_article("abcdefghijkl", title=title), "{date}-{title}-{id}")
        assert path.startswith("2024-01-31-")
        assert path.endswith("-abcdefgh.md")
        assert 100 < len(path.encode()) <= 120


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("title", TITLES)
def test_whatever_the_title_the_name_is_safe(title: str, template: str) -> None:
    article = replace(an_article(title=title), source=title)
    assert_safe(named("y.md", article, template))
    assert_safe(named("y/index.md", article, template))


@given(st.text(), st.text(max_size=20), st.sampled_from(TEMPLATES))
def test_any_text_gives_a_safe_name(title: str, source: str, template: str) -> None:
    assert_safe(named("y.md", replace(an_article(title=title), source=source), template))


@pytest.mark.parametrize("format_name", ["note", "hugo"])
@pytest.mark.parametrize("names", [None, "{title}", "{slug}"])
def test_hostile_titles_have_a_file_each_and_none_outside(tmp_path: Path, format_name: str, names: str | None) -> None:
    articles = [an_article(f"id{number:08d}", title=title) for number, title in enumerate(TITLES)]
    report = export(Shelf(*articles), a_profile(tmp_path / "folder", format_name=format_name, names=names))
    assert report.written == len(TITLES)
    keys = {unicodedata.normalize("NFC", path.casefold()) for path in report.paths}
    assert len(keys) == len(TITLES)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    for path in report.paths:
        assert (tmp_path / "folder" / path).is_file()


@pytest.mark.parametrize("planted", ["contents", "contents/Blog post", "contents/Blog post/Title.md"])
@pytest.mark.parametrize("names", [None, "{title}"])
def test_nothing_is_written_through_a_planted_link(tmp_path: Path, planted: str, names: str | None) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "Title.md").write_text("secret")
    link = tmp_path / "folder" / planted
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "Title.md" if planted.endswith(".md") else outside)
    report = export(Shelf(an_article()), a_profile(tmp_path / "folder", format_name="note", names=names))
    assert report.files == ()
    assert "is a symbolic link or no" in report.failures[0].reason
    assert [(file.name, file.read_text()) for file in outside.iterdir()] == [("Title.md", "secret")]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{titel}-{id}", "no field 'titel'. Did you mean 'title'?"),
        ("{0}", "no field '0'"),
        ("{title.__class__}", "no field"),
        ("{title[0]}", "no field"),
        ("{title!r}", "alone between its braces"),
        ("{title:>900000000}", "alone between its braces"),
        ("{year}/{title}", "its folders"),
        ("..\\{title}", "its folders"),
        ("{title", "expected '}'"),
        ("{date}", "or all articles want one name"),
        ("", "or all articles want one name"),
    ],
)
def test_a_template_that_cannot_be_followed_is_refused(tmp_path: Path, template: str, said: str) -> None:
    with pytest.raises(BadNames) as caught:
        check_names(template)
    assert said in str(caught.value)
    with pytest.raises(ValidationError, match="cannot be used"):
        a_profile(tmp_path, names=template)


def test_a_data_set_has_no_names(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="is one file"):
        a_profile(tmp_path, format_name="jsonl", names="{id}")


def test_a_new_template_names_new_articles_only(tmp_path: Path) -> None:
    export(Shelf(an_article("a")), a_profile(tmp_path))
    report = export(Shelf(an_article("a"), an_article("b")), a_profile(tmp_path, names="{id}"))
    assert sorted(report.paths) == ["b.txt", "title.txt"]
