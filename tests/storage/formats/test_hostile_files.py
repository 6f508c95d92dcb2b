"""Files that no program wrote: each is read, or refused with its name and a reason, and in good time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article
from storage.errors import StorageError
from storage.formats.errors import UnreadableFile
from storage.formats.front_matter import well_formed_value
from storage.formats.recognition import recognise
from storage.formats.registry import READABLE, find_readable
from tests.storage.formats.readers import read_in_python

AT = datetime(2026, 1, 1, tzinfo=UTC)
FIELDS = st.sampled_from(
    [
        "title",
        "link",
        "tags",
        "upload_date",
        "publishedDateTime",
        "date",
        "arturl_encode",
        "topics",
        "images",
        "related",
        "provider",
        "quality",
        "image",
        "source",
        "x",
    ]
)
SPELT = [
    "",
    "a",
    "[a, b]",
    "{name: x}",
    "[{url: u, width: 3}]",
    "2024-01-31",
    "2024-13-45",
    "0x1F",
    "- a",
    "!!binary x",
]
VALUES = st.sampled_from(SPELT) | st.text(max_size=20)
BODIES = st.text(alphabet="# -[]()!ab\n:`>*_<&", max_size=80) | st.sampled_from(
    ["\n## Summary\n## Links\n## Topics\n", "<html><body><h1>x</h1>", "\n# T\n\n## Topics\n![[topics/a/b]]"]
)


@given(st.lists(st.tuples(FIELDS, VALUES), max_size=6), BODIES)
def test_any_file_is_read_or_refused(fields: list[tuple[str, str]], body: str) -> None:
    text = "---\n" + "".join(f"{name}: {value}\n" for name, value in fields) + f"---\n{body}"
    for form in READABLE:
        try:
            article = form.read(text, path="contents/x/a.md")
        except UnreadableFile:
            continue
        try:
            document = form.write(article)
        except StorageError:
            continue
        # What was written once is written the same again.
        assert form.write(form.read(document.text, path=document.path)).text == document.text, form.name


@given(st.text(max_size=200))
def test_any_text_is_recognised_or_refused(text: str) -> None:
    try:
        assert recognise(text, path="a.md") in {form.name for form in READABLE}
    except UnreadableFile:
        return


MADE_TO_BE_SLOW: dict[str, Callable[[int], str]] = {
    "links": lambda n: "---\nlink: x\n---\nx\n## Summary\n## Links\n- " + "[](" * n,
    "link addresses": lambda n: "---\nlink: x\n---\nx\n## Summary\n## Links\n- [](" + ")" * n + "x",
    "quoted topics": lambda n: "---\nlink: x\n---\nx\n## Summary\n## Links\n\n## Topics\n" + "![](topics/a/" * n,
    "topics": lambda n: "---\nlink: x\n---\nx\n## Summary\n## Links\n\n## Topics\n" + "![[topics/a/" * n,
    "headings": lambda n: "---\nlink: x\n---\nx\n## Summary\n" + "## Topics\n## Links\n" * n,
    "tags of HTML": lambda n: "---\nartid: 1\n---\n" + "<a>" * n,
    "fences": lambda n: "---\n" + "--- x\n" * n,
    "aliases": lambda n: "---\na: &a [x]\n" + "".join(f"a{k}: [*a, *a]\n" for k in range(n // 10)) + "---\n",
    "long scalars": lambda n: "---\ntitle: " + "a " * n + "\n---\n",
}


@pytest.mark.parametrize("kind", MADE_TO_BE_SLOW)
def test_time_grows_with_the_length_alone(kind: str) -> None:
    """Eight times the text takes at most 32 times the CPU in the same run: a square would take 64, and be minutes."""
    make = MADE_TO_BE_SLOW[kind]
    small, large = (min(seconds_for(make(n)) for _ in range(3)) for n in (4_000, 32_000))
    assert large < 32 * max(small, 0.002), f"{small:.3f} s, then {large:.3f} s"


def seconds_for(text: str) -> float:
    begun = time.process_time()
    for form in READABLE:
        try:
            form.read(text, path="a.md")
        except UnreadableFile:
            continue
    return time.process_time() - begun


SCALARS = st.text(max_size=20) | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False) | st.dates()
NAMES = st.text(min_size=1, max_size=20).map(lambda name: f"my {name}")
FOREIGN_FIELDS = st.dictionaries(
    NAMES, SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(NAMES, SCALARS, max_size=3)
)


@given(FOREIGN_FIELDS)
def test_fields_of_a_person_come_back_whatever_they_hold(fields: dict[str, object]) -> None:
    for name in ("news", "note", "post"):
        article = Article(url="https://x.org/a", title="T", captured_at=AT, extra={name: {"foreign": fields}})
        form = find_readable(name)
        document = form.write(article)
        for library, found in read_in_python(document.text[4 : document.text.index("\n---\n")] + "\n").items():
            assert isinstance(found, dict)
            assert {key: found[key] for key in fields} == well_formed_value(fields), library
        again = form.read(document.text, path=document.path)
        assert form.write(again).text == document.text, name
