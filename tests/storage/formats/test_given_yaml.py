from datetime import datetime

import pytest

from storage.formats.errors import UnreadableFile
from storage.formats.given import GivenFields
from storage.formats.given_yaml import read_given

# Each line holds the one before nine times.
LAUGHS = "\n".join(["a0: &a0 [x]"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 12)])


def read(text: str) -> GivenFields:
    return read_given(text, path="a.md")


def test_values_stay_the_text_they_were_given_as() -> None:
    given = read("a: 2024-01-31T13:57:00Z\nb: 1e3\nc: ' x '\nd: !!str 12\ne: \"\\ud83d\\ude00\\/\"\n")
    assert [given.text(name) for name in "abcde"] == ["2024-01-31T13:57:00Z", "1e3", " x ", "12", "😀/"]


def test_nothing_is_nothing_however_it_is_spelt() -> None:
    given = read("a:\nb: ~\nc: null\nd: !!null 'null'\ne: 'null'\n")
    assert [name in given for name in "abcdef"] == [False, False, False, False, True, False]


def test_of_a_name_given_twice_the_last_counts() -> None:
    assert read("a: 1\na: 2\n").whole("a") == 2


def test_flags_and_numbers_may_be_quoted() -> None:
    given = read("a: 'true'\nb: No\nc: '17'\nd: 17.0\n")
    assert (given.flag("a"), given.flag("b"), given.whole("c"), given.whole("d")) == (True, False, 17, 17)


@pytest.mark.parametrize(
    "text",
    ["2024-06-03 14:32:38 +08:00", "2024-06-03T14:32:38+0800", "2024-06-03 06:32:38Z", "2024-6-3 14:32:38 +8"],
)
def test_a_time_may_be_spelt_in_many_ways(text: str) -> None:
    moment = read(f"a: {text}\n").moment("a")
    assert isinstance(moment, datetime)
    assert moment.timestamp() == 1717396358


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1, 2\nb: c\n", "a.md, line 3: the front matter is no YAML"),
        ("x: 1\na: {b: c}\n", "a.md, line 3: the field 'a' is a list or a mapping"),
        ("- a\n", "a.md, line 2: the front matter is no mapping"),
        ("a: \x01\n", "a.md, line 2: the front matter holds a character that YAML does not allow"),
        ("a: *b\n", r"a.md, line 2: the front matter cannot be read: the alias \*b names no value"),
        ("a: &b [*b]\n", "names no value before it"),
        ("a: " + "[" * 100_000, "nested deeper than 20 levels"),
        (
            "\n".join(["a0: &a0 [x]"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 12)]),
            "more than 100000",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read(text).text("a")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda given: given.flag("a"), "the field 'a' is 'maybe'; write true or false"),
        (lambda given: given.whole("a"), "the field 'a' is 'maybe'; write a whole number"),
        (lambda given: given.moment("a"), "the field 'a' is 'maybe'; write a time such as"),
        (lambda given: given.mapping("a"), "the field 'a' is 'maybe'; write a mapping"),
    ],
)
def test_a_value_of_another_kind_is_named(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(UnreadableFile, match=message):
        call(read("a: maybe\n"))
