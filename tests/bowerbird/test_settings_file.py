"""How settings.yaml is read."""

from pathlib import Path

import pytest

from bowerbird.errors import SettingsMissing, SettingsWrong
from bowerbird.settings.file import MAX_BYTES, read_file, read_text


def lines_of(text: str) -> list[str]:
    with pytest.raises(SettingsWrong) as caught:
        read_text(text, where="settings.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "---\n", "null\n", "{}"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    assert read_text(text, where="settings.yaml").values == {}


def test_on_no_times_and_dates_are_text() -> None:
    text = "{on: capture, a: no, b: 12:30, c: 2026-01-01, d: Yes, e: 1_000}"
    assert read_text(text, where="x").values == {
        "on": "capture",
        "a": "no",
        "b": "12:30",
        "c": "2026-01-01",
        "d": "Yes",
        "e": "1_000",
    }


def test_numbers_truth_and_nothing_are_what_they_seem() -> None:
    text = "{a: 30, b: -1.5, c: 1e3, d: true, e: null, f: ~, g: }"
    expected = {"a": 30, "b": -1.5, "c": 1000.0, "d": True, "e": None, "f": None, "g": None}
    assert read_text(text, where="x").values == expected


def test_a_mistake_in_the_yaml_names_line_and_column() -> None:
    assert lines_of("storage:\n  database: [a\ncrawler: {}\n") == [
        "settings.yaml: this is not YAML: while parsing a flow sequence expected ',' or ']', but got ':', "
        "at column 8 (line 3)"
    ]


@pytest.mark.parametrize("text", ["a: 'x", "\tstorage: 1", "a: b: c", "a: *nobody", "a: \x00", "a: %", "? [a, b]\n: 1"])
def test_bad_yaml_is_one_line(text: str) -> None:
    (line,) = lines_of(text)
    assert line.startswith("settings.yaml: this is not YAML: ")


def test_python_objects_in_yaml_are_refused() -> None:
    assert "could not determine a constructor" in lines_of("a: !!python/object/apply:os.system [true]")[0]


def test_every_key_that_is_there_twice_is_named_with_both_lines() -> None:
    text = "web:\n  port: 1\n  host: a\n  port: 2\nstorage: {}\nweb: {}\n"
    assert lines_of(text) == [
        "settings.yaml: web.port is there twice, first in line 2 (line 4)",
        "settings.yaml: web is there twice, first in line 1 (line 6)",
    ]


@pytest.mark.parametrize("text", ["- a\n", "3", "text"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    assert lines_of(text)[0].startswith("settings.yaml: it must be a mapping: sections")


def test_aliases_cannot_blow_a_small_file_up() -> None:
    bomb = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert lines_of(bomb) == ["settings.yaml: it holds more than 200,000 values"]


def test_a_value_that_holds_itself_is_refused() -> None:
    assert lines_of("a: &a [*a]") == ["settings.yaml: the values are nested too deeply"]


def test_merged_mappings_cannot_either() -> None:
    bomb = "a0: &a0 {x: 1, y: 2}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 10)
    )
    assert lines_of(bomb) == ["settings.yaml: it holds more than 200,000 values"]


def test_an_alias_may_repeat_a_value() -> None:
    values = read_text("a: &a [x]\nb: *a\nc: {<<: {d: 1}, e: 2}", where="x").values
    assert values == {"a": ["x"], "b": ["x"], "c": {"d": 1, "e": 2}}


def test_deep_nesting_is_refused() -> None:
    assert lines_of("a: " + "[" * 5000) == ["settings.yaml: the values are nested too deeply"]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsMissing, match=r"nowhere\.yaml: there is no such file"):
        read_file(tmp_path / "nowhere.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsMissing, match="Is a directory"):
        read_file(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SettingsWrong, match="larger than 4 MiB"):
        read_file(path)


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"web:\n  host: caf\xe9\n")
    with pytest.raises(SettingsWrong, match=r"not UTF-8; save the file as UTF-8 \(line 2\)"):
        read_file(path)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"\xef\xbb\xbfweb: {port: 1}\r\n")
    assert read_file(path).values == {"web": {"port": 1}}
