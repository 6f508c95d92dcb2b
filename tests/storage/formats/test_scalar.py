import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storage.formats.scalar import (
    LINE_WIDTH,
    dumped,
    is_plain,
    obvious_scalar,
    plain,
    quote,
    quote_sparingly,
    single_quote,
)

# Every character but lone surrogates, which no file can hold.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TRAPS = [
    *[
        "1e3",
        "12e03",
        "1e+3",
        ".5",
        "5.",
        "0o7",
        "0x1F",
        "017",
        "0b1",
        "1_000",
        "1,000",
        "12:30:45",
        "-0",
        "-_",
        "+_1",
        "+1",
        ".inf",
    ],
    *["yes", "No", "ON", "y", "true", "NULL", "~", "", "<<", "=", ".NaN", ":symbol", "---", "...", "2024-01-31"],
    *[
        "2024-1-1 10:00:00",
        "2024-99-99",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "? a",
        "& a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
    ],
    *[
        "[a",
        "{a",
        "a:",
        "'a",
        '"a',
        " a",
        "a ",
        "a\tb",
        "a\nb",
        "\ufeffa",
        "a\x85b",
        "a\u2028b",
        "\x7f",
        "\x9f",
        "\uffff",
    ],
]
LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def read_back(written: str) -> list[object]:
    """What each reader gets for the value of one field."""
    return [yaml.load(f"key: {written}\n", loader)["key"] for loader in LOADERS]


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_not_left_plain(text: str) -> None:
    assert not is_plain(text)
    assert read_back(plain(text)) == [text, text]
    assert read_back(dumped("key", text).removeprefix("key: ")) == [text, text]
    assert dumped("key", text)[5] in "'\"" or not text.isascii()


@pytest.mark.parametrize(
    "text", ["CIO Dive", "AT&T", "O'Reilly", "3D", "5G", "e3", "C++", "a,b", "💩", "微软", "7-Eleven"]
)
def test_an_ordinary_value_stays_plain(text: str) -> None:
    assert plain(text) == text


@given(ANY_TEXT)
def test_any_text_is_read_back_whatever_its_quotes(text: str) -> None:
    for written in (quote(text), plain(text), single_quote(text), quote_sparingly(text)):
        assert read_back(written) == [text, text]
        assert "\n" not in written


@given(ANY_TEXT, st.lists(ANY_TEXT))
def test_any_text_is_read_back_from_what_is_dumped(text: str, items: list[str]) -> None:
    for loader in LOADERS:
        assert yaml.load(dumped("key", text), loader) == {"key": text}
        assert yaml.load(dumped("key", items), loader) == {"key": items}


def test_naughty_strings_are_read_back(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        for written in (quote(text), plain(text), quote_sparingly(text)):
            assert read_back(written) == [text, text]
        assert yaml.safe_load(dumped("key", [text, text])) == {"key": [text, text]}


@given(ANY_TEXT)
def test_quoted_text_is_json_too(text: str) -> None:
    assert json.loads(quote(text)) == text


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200))
def test_harmless_text_is_dumped_as_pyyaml_does(text: str) -> None:
    by_pyyaml = yaml.safe_dump({"key": text}, default_flow_style=False, allow_unicode=True)
    assert dumped("key", text) in (by_pyyaml, f"key: {quote(text)}\n")


def test_a_long_value_is_folded_as_pyyaml_does() -> None:
    fields = {"source": "word " * 40 + "end", "tags": ["word " * 40 + "end", "b"]}
    by_pyyaml = yaml.safe_dump(fields, default_flow_style=False, allow_unicode=True)
    assert "".join(dumped(name, value) for name, value in fields.items()) == by_pyyaml


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert quote("a\ud800b") == '"a\ufffdb"'
    assert quote("\ud83d\udca9") == '"💩"'


def test_escapes_are_those_of_the_format() -> None:
    assert quote('"\\\n\r\t\b\f\x01\x85\u2028\u2029') == r'"\"\\\n\r\t\b\f\u0001\u0085\u2028\u2029"'
    assert quote("\xa0\u200b💩") == '"\xa0\u200b💩"'


def test_single_quotes_only_where_a_double_quote_is_all() -> None:
    assert quote_sparingly('a "b" it\'s') == "'a \"b\" it''s'"
    assert quote_sparingly('a "b"\t') == '"a \\"b\\"\\t"'
    assert quote_sparingly("a") == '"a"'


PIECES = st.sampled_from(
    [
        *[
            "yes",
            "no",
            "on",
            "y",
            "null",
            "true",
            "nan",
            "a",
            "é",
            "中",
            "http:",
            "//",
            "/",
            "a:b",
            ":",
            "?",
            "-",
            " ",
            "  ",
        ],
        *[
            " -",
            " ?",
            "&",
            "=",
            "%",
            "_",
            "1",
            "1e3",
            "0",
            "x" * 70,
            "ab cd",
            "<<",
            "~",
            ".",
            "...",
            "---",
            "'",
            '"',
            "#",
        ],
        *[" #", "\u0660", "\U0001d400", "\u2028", "\ufeff", "\x85", "\xa0", "+", "2024-01-31"],
    ]
)


@given(st.one_of(ANY_TEXT, st.lists(PIECES, max_size=6).map("".join), st.integers(), st.booleans(), st.none()))
def test_what_is_obvious_is_what_pyyaml_writes(value: object) -> None:
    found = obvious_scalar(value, room=LINE_WIDTH - len("key: "))
    if found is not None:
        assert f"key: {found}\n" == yaml.safe_dump({"key": value}, default_flow_style=False, allow_unicode=True)
    item = obvious_scalar(value, room=LINE_WIDTH - len("- "))
    if item is not None:
        assert f"key:\n- {item}\n" == yaml.safe_dump({"key": [value]}, default_flow_style=False, allow_unicode=True)


@pytest.mark.parametrize("value", ["https://example.org/a?b=c&d=1", "Harbour Ledger", "swing_bridge", "2024-01-31", 4])
def test_what_most_notes_hold_is_obvious(value: object) -> None:
    assert obvious_scalar(value, room=70) is not None
