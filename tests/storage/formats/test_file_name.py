import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import Platform, sanitize_filename

from storage.formats.file_name import OBVIOUS, safe_file_name, tidy_stem

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def name_of(stem: str) -> str:
    return safe_file_name(stem, suffix=".md", fallback="0a1b2c3d")


def assert_safe(name: str) -> None:
    assert name.endswith(".md")
    assert len(name.encode()) <= 120
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)
    assert not any("\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" for character in name)
    assert not name.startswith((".", " "))
    assert not name.removesuffix(".md").endswith((".", " "))
    assert name.split(".")[0].strip().lower() not in RESERVED


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("A title", "A title.md"),
        ("Was ist los? 100 %", "Was ist los 100 %.md"),
        ("../../etc/passwd", "etcpasswd.md"),
        ("..", "0a1b2c3d.md"),
        ("", "0a1b2c3d.md"),
        ("?!*/:", "!.md"),
        ("???", "0a1b2c3d.md"),
        (".hidden", "hidden.md"),
        ("Ends with dots. . .", "Ends with dots.md"),
        ("a\x00b\nc\td", "a b c d.md"),
        ("\u202egnp.exe", "gnp.exe.md"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9.md"),
        ("\ud800", "\ufffd.md"),
        ("مرحبا بالعالم", "مرحبا بالعالم.md"),
        ("می\u200cخواهم", "می\u200cخواهم.md"),
        ("👩\u200d🚀 in space", "👩\u200d🚀 in space.md"),
    ],
)
def test_a_title_becomes_a_file_name(stem: str, expected: str) -> None:
    assert name_of(stem) == expected
    assert_safe(name_of(stem))


@pytest.mark.parametrize("stem", ["CON", "con", "nul", "COM1", "lpt9", "Aux", "con.txt", "NUL . "])
def test_a_name_reserved_on_windows_is_changed(stem: str) -> None:
    assert_safe(name_of(stem))


@pytest.mark.parametrize("unit", ["a", "word ", "标题", "👩‍🚀", "e\u0323\u0301", "🇩🇪", "👍🏽"])
def test_a_long_title_is_cut_between_characters(unit: str) -> None:
    name = name_of(unit * 300)
    assert_safe(name)
    assert len(name.encode()) > 80
    stem = name.removesuffix(".md")
    assert not stem.endswith("\u200d")
    assert not unicodedata.combining(unicodedata.normalize("NFC", unit * 300)[len(stem)])


def test_a_long_title_ends_with_a_word() -> None:
    assert name_of("several words " * 30).removesuffix(".md").endswith(("several", "words"))


@given(st.text())
def test_any_title_becomes_a_safe_name(stem: str) -> None:
    assert_safe(name_of(stem))


def test_naughty_titles_become_safe_names(naughty_strings: list[str]) -> None:
    for stem in naughty_strings:
        assert_safe(name_of(stem))


@given(st.from_regex(OBVIOUS, fullmatch=True))
def test_what_is_obviously_safe_would_come_out_the_same(stem: str) -> None:
    assert tidy_stem(stem) == stem
    assert sanitize_filename(f"{stem}.md", platform=Platform.UNIVERSAL) == f"{stem}.md"
