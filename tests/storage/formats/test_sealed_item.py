"""Finding the envelope in a file, however its front matter is spelled."""

import pytest

from storage.formats.errors import UnreadableFile
from storage.formats.sealed_item import SealedItem, read_sealed_item

ITEM = SealedItem("YWI=;Y2Q=", "https://example.org/2026-11-02")


@pytest.mark.parametrize(
    "front_matter",
    [
        'originalUrl: "https://example.org/2026-11-02"\n\nsecured: "YWI=;Y2Q="\n',
        "secured: 'YWI=;Y2Q='\nrelated:\n  - {secured: other, title: [a, {b: c}]}\nwebUrl: https://example.org/2026-11-02\n",
        '{"secured": "YWI=;Y2Q\\u003d", "topics": ["secured"], "webUrl": "https:\\/\\/example.org\\/2026-11-02"}\n',
        "? secured\n: >-\n  YWI=;Y2Q=\nwebUrl: !!str https://example.org/2026-11-02\n",
        "secured: old\nx: &a [1]\ny: *a\nsecured: YWI=;Y2Q=\noriginalUrl: https://example.org/2026-11-02\n",
    ],
)
def test_a_field_is_found_in_any_spelling(front_matter: str) -> None:
    text = f"---\n{front_matter}---\n\n"
    for spelled in (text, text.replace("---\n", "---  \n") + "secured: body\n---\n"):
        assert read_sealed_item(spelled, path="a.md") == ITEM


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no front matter", "a.md: it has no field 'secured'"),
        ("---\ntitle: x\n---\n", "a.md: it has no field 'secured'"),
        ("---\nsecured: [a, b]\n---\n", "a.md, line 2: the field 'secured' is a list or a mapping"),
        ("---\nsecured:\n---\n", "a.md: it has no field 'secured'"),
        ("---\nsecured: x\n", "a.md, line 1: the front matter that begins here is never closed"),
        ('---\ntitle: "a"\nsecured: "x\n---\n', "a.md, line 4: the front matter is no YAML"),
        ("---\nsecured: \x00\n---\n", "a.md, line 2: the front matter holds a character that YAML does not allow"),
        (
            f"---\nsecured: {'[' * 100_000}\n---\n",
            "a.md, line 2: the front matter cannot be read: its values",
        ),
    ],
)
def test_a_file_without_one_is_named_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_sealed_item(text, path="a.md")
    assert str(caught.value).startswith(why)
