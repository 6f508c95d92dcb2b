"""A person's edits: what they set in a front matter stays, whatever becomes of the article."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from storage.article import ReaderState
from storage.export.choices import Choices
from storage.export.entry import Content
from storage.export.merge import merged_text
from storage.export.mirror import export
from storage.export.reconcile import fresh_from
from tests.storage.export.articles import Shelf, a_profile, an_article

BASE = '---\na: 1\nb: "two"\nlist:\n- x\n- y\nlast: end\n---\n\nBody.\n'


def merged(theirs: str, ours: str = BASE, *, base: str = BASE) -> str | None:
    return merged_text(theirs, ours, bases=[fresh_from(base).content])


def front(text: str) -> dict[str, Any]:
    found = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(found, dict)
    return found


def test_a_note_keeps_what_its_reader_set_when_its_article_changes(tmp_path: Path) -> None:
    shelf = Shelf(an_article(text="First text."))
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    text = note.read_text("utf-8").replace("already_read: false", "already_read: true")
    note.write_text(text.replace("relevance: 0", "relevance: 4\nrating: good"), "utf-8")
    for revision in ("Second text.", "Third text."):
        shelf.change("a1", text=revision, tags=("new",))
        report = export(shelf, profile)
        assert (report.merged, report.written, report.kept) == (1, 0, 0)
        assert revision in note.read_text("utf-8")
        said = front(note.read_text("utf-8"))
        assert (said["already_read"], said["relevance"], said["rating"], said["tags"]) == (True, 4, "good", ["new"])
    assert export(shelf, profile).unchanged == 1


def test_a_note_whose_front_matter_alone_was_edited_is_not_touched_without_need(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    edited = note.read_text("utf-8").replace("relevance: 0", "relevance: 4")
    note.write_text(edited, "utf-8")
    for _ in range(2):
        assert export(shelf, profile).unchanged == 1
    assert note.read_text("utf-8") == edited


def test_a_value_that_both_changed_is_the_persons(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    note.write_text(note.read_text("utf-8").replace("relevance: 0", "relevance: 4"), "utf-8")
    shelf.change("a1", reader=ReaderState(already_read=True, relevance=2))
    export(shelf, profile)
    said = front(note.read_text("utf-8"))
    assert (said["already_read"], said["relevance"]) == (True, 4)


def test_a_note_whose_text_was_edited_is_kept_and_comes_back_when_it_is_put_back(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    ours = note.read_text("utf-8")
    note.write_text(f"{ours}\n\nMine.", "utf-8")
    shelf.change("a1", text="Changed.")
    assert export(shelf, profile).kept == 1
    note.write_text(ours.replace("relevance: 0", "relevance: 1"), "utf-8")
    assert export(shelf, profile).merged == 1
    assert "Changed." in note.read_text("utf-8")


def test_on_request_edits_are_overwritten(tmp_path: Path) -> None:
    shelf = Shelf(an_article(), an_article("b", title="Other"))
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note, other = (tmp_path / f"contents/Blog post/{name}.md" for name in ("Title", "Other"))
    ours = note.read_text("utf-8"), other.read_text("utf-8")
    note.write_text("mine", "utf-8")
    other.write_text(ours[1].replace("relevance: 0", "relevance: 4"), "utf-8")
    export(shelf, profile)
    assert export(shelf, profile, choices=Choices(on_conflict="overwrite")).written == 2
    assert (note.read_text("utf-8"), other.read_text("utf-8")) == ours


@pytest.mark.parametrize("format_name", ["news", "note", "post", "obsidian", "jekyll", "hugo", "zola", "astro"])
def test_every_format_with_a_front_matter_keeps_what_was_added_to_it(tmp_path: Path, format_name: str) -> None:
    shelf = Shelf(replace(an_article(text="First."), excerpt="First.", tags=("a",)))
    profile = a_profile(tmp_path, format_name=format_name)
    (path,) = export(shelf, profile).paths
    file = tmp_path / path
    fence = file.read_text("utf-8")[:3]
    added = 'mine = "kept" # mine\n' if fence == "+++" else "mine: kept # mine\n"
    file.write_text(file.read_text("utf-8").replace(f"{fence}\n", f"{fence}\n{added}", 1), "utf-8")
    shelf.change("a1", body="Second.", text="Second.", title="Another", excerpt="Second.", tags=("b",))
    report = export(shelf, profile)
    assert (report.merged, report.paths) == (1, (path,))
    text = file.read_text("utf-8")
    assert text.startswith(f"{fence}\n{added}")
    assert "Second." in text
    assert "First." not in text
    assert export(shelf, profile).unchanged == 1


def test_obsidian_may_write_the_whole_front_matter_in_another_way(tmp_path: Path) -> None:
    shelf = Shelf(replace(an_article(), tags=("one", "two"), source="The: paper"))
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    _, ours, body = note.read_text("utf-8").split("---\n", 2)
    values = {name: value for name, value in yaml.safe_load(ours).items() if name != "upload_date"}
    rewritten = yaml.safe_dump({**values, "relevance": 3}, sort_keys=False, indent=4, width=20)
    note.write_text(f"---\n{rewritten}upload_date: 2024-01-31\n---\n{body}\n".replace("\n", "\r\n"), "utf-8")
    shelf.change("a1", text="Changed.", tags=("three",))
    assert export(shelf, profile).merged == 1
    said = front(note.read_text("utf-8"))
    assert (said["relevance"], said["tags"]) == (3, ["three"])
    assert "upload_date: 2024-01-31\n" in note.read_text("utf-8")


def test_a_file_in_no_encoding_of_ours_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    (tmp_path / "contents/Blog post/Title.md").write_bytes(b"---\na: \xff\n---\n")
    assert export(shelf, profile).kept == 1


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        pytest.param(BASE, BASE.replace("a: 1", "a: 2"), BASE.replace("a: 1", "a: 2"), id="ours changes"),
        pytest.param(
            BASE.replace("a: 1", "a: 9"), BASE.replace("a: 1", "a: 2"), BASE.replace("a: 1", "a: 9"), id="both"
        ),
        pytest.param(
            BASE.replace("a: 1\n", ""),
            BASE.replace("Body", "New"),
            BASE.replace("a: 1\n", "").replace("Body", "New"),
            id="removed stays so",
        ),
        pytest.param(BASE, BASE.replace('b: "two"\n', ""), BASE.replace('b: "two"\n', ""), id="ours drops"),
        pytest.param(
            BASE.replace('b: "two"', "b: 2"),
            BASE.replace('b: "two"\n', ""),
            BASE.replace('b: "two"', "b: 2"),
            id="ours drops what was edited",
        ),
        pytest.param(
            BASE, BASE.replace("list:", "new: 3\nlist:"), BASE.replace("list:", "new: 3\nlist:"), id="ours adds"
        ),
        pytest.param(
            BASE.replace("a: 1", "b2: 1 # c\n\n# note\na: 1"),
            BASE.replace("- y", "- z"),
            BASE.replace("a: 1", "b2: 1 # c\n\n# note\na: 1").replace("- y", "- z"),
            id="comments",
        ),
        pytest.param(
            BASE.replace("a: 1\n", "").replace("last: end\n", "last: end\na: 1\n"),
            BASE.replace("a: 1", "a: 2"),
            BASE.replace("a: 1\n", "").replace("last: end\n", "last: end\na: 2\n"),
            id="their order",
        ),
        pytest.param(
            BASE.replace("\n- x\n- y", " [x, y]"),
            BASE.replace("a: 1", "a: 2"),
            BASE.replace("\n- x\n- y", " [x, y]").replace("a: 1", "a: 2"),
            id="their spelling",
        ),
        pytest.param(
            BASE.replace('"two"', "|\n  # two\n  more"),
            BASE.replace("a: 1", "a: 2"),
            BASE.replace('"two"', "|\n  # two\n  more").replace("a: 1", "a: 2"),
            id="a block of text",
        ),
        pytest.param(f"{BASE}\n\n", BASE, f"{BASE}\n\n", id="empty lines at the end"),
    ],
)
def test_each_field_is_taken_from_whom_it_belongs_to(theirs: str, ours: str, expected: str) -> None:
    assert merged(theirs, ours) == expected


@pytest.mark.parametrize(
    "theirs",
    [
        BASE.replace("Body", "Mine"),
        "---\n{a: 1, b: two}\n---\n\nBody.\n",
        BASE.replace("a: 1", "a: 1\na: 2"),
        BASE.replace("a: 1", "a: [1"),
        BASE.replace("a: 1", "a: &x 1").replace('"two"', "*x"),
        BASE.replace("a: 1\n", "<<: {a: 1}\n"),
        BASE.replace("a: 1\n", "? [a]\n: 1\n"),
        BASE.replace("a: 1\n", "a: 1\u2028\n"),
        BASE.replace("---", "+++"),
        BASE.removeprefix("---\n"),
        "",
    ],
)
def test_what_cannot_be_taken_apart_for_sure_is_left_alone(theirs: str) -> None:
    found = merged(theirs, BASE.replace("a: 1", "a: 2"))
    assert found is None


def test_after_a_killed_run_both_texts_may_have_been_edited() -> None:
    later = BASE.replace("a: 1", "a: 2").replace("Body", "New")
    bases = [fresh_from(BASE).content, fresh_from(later).content]
    latest = later.replace("a: 2", "a: 3")
    for edited in (BASE, later):
        assert merged_text(edited.replace("end", "mine"), latest, bases=bases) == latest.replace("end", "mine")
    assert merged_text(BASE, latest, bases=[Content("other")]) is None


TOML = '+++\ntitle = "T"\ndraft = false\n\n[taxonomies]\ntags = ["a"]\n\n[extra]\nsource_url = "https://x.org/"\n+++\n\nBody.\n'


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        pytest.param(
            TOML.replace("[extra]\n", "[extra]\nrating = 5 # mine\n"),
            TOML.replace('"a"', '"b"').replace("Body", "New"),
            TOML.replace("[extra]\n", "[extra]\nrating = 5 # mine\n").replace('"a"', '"b"').replace("Body", "New"),
            id="a field in a table",
        ),
        pytest.param(
            TOML.replace("draft = false", "draft = true"),
            TOML.replace("[extra]\n", "[extra]\nsource_date = 2024-01-31\n"),
            TOML.replace("draft = false", "draft = true").replace(
                '"https://x.org/"\n', '"https://x.org/"\nsource_date = 2024-01-31\n'
            ),
            id="a new field of ours",
        ),
        pytest.param(
            TOML.replace('title = "T"', 'title = """\n[T]\n"""'),
            TOML.replace("Body", "New"),
            TOML.replace('title = "T"', 'title = """\n[T]\n"""').replace("Body", "New"),
            id="a text over several lines",
        ),
        pytest.param(
            TOML,
            f"{TOML[:-11]}[more]\nx = 1\n+++\n\nBody.\n",
            f"{TOML[:-11]}[more]\nx = 1\n+++\n\nBody.\n",
            id="a table",
        ),
    ],
)
def test_toml_is_merged_table_by_table(theirs: str, ours: str, expected: str) -> None:
    assert merged(theirs, ours, base=TOML) == expected


@pytest.mark.parametrize(
    "change", [("draft = false", "draft = "), ("[extra]", "[[extra]]"), ("draft = false", "draft = false\n[extra]\n")]
)
def test_toml_that_cannot_be_taken_apart_is_left_alone(change: tuple[str, str]) -> None:
    assert merged(TOML.replace(*change), TOML.replace("Body", "New"), base=TOML) is None
