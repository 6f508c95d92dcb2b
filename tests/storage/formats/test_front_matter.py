import pytest

from storage.formats.errors import BadFrontMatter
from storage.formats.front_matter import verify_front_matter


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a: 1\nb: yes\n", "b"),
        ("a: 1\n", "b"),
        ("a: 1\nb: 'yes'\nc: 1\n", "c"),
        ('a: 1\nb: "yes\n', "b"),
        ("a: 1\nb: x: y\n", "b"),
        ("- a\n", "front matter"),
        ("a: 1\nb: 2024-99-99\n", "front matter"),
    ],
)
def test_the_field_that_would_be_read_otherwise_is_named(text: str, field: str) -> None:
    with pytest.raises(BadFrontMatter, match=f"field '{field}'"):
        verify_front_matter(text, expected={"a": 1, "b": "yes"}, format_name="news")


def test_what_is_expected_passes() -> None:
    verify_front_matter("a: 1\nb: 'yes'\n", expected={"a": 1, "b": "yes"}, format_name="news")
