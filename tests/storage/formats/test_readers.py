"""Whatever stands in a text, every library reads the same text back: 20,000 of them, and those that break programs."""

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.formats.registry import find_format
from storage.formats.scalar import dumped, plain, quote, quote_sparingly, single_quote
from storage.formats.yaml_layout import yaml_lines
from tests.storage.formats.readers import Node, Read, read_in_python, running_node
from tests.storage.formats.test_scalar import TRAPS
from tests.storage.formats.test_untrusted_text import hostile

# Each example has TEXTS_IN_EXAMPLE texts: 20,000 in all.
EXAMPLES, TEXTS_IN_EXAMPLE = 1000, 20
FORMATS = ("news", "note", "post", "obsidian", "jekyll", "hugo", "astro")
ANY = st.text(st.characters(exclude_categories=["Cs"]))
MARKS = st.text(
    st.sampled_from("-?:,[]{}#&*!|>'\"%@`~ \t\n\r\\/=<.+0123456789exXoOabtfTFnNyYEDZ\x85\xa0\u2028\u2029\ufeff\0\x7f")
)
LIKE_A_TRAP = st.tuples(st.sampled_from(TRAPS), st.sampled_from(["", " ", "\n", ":", "0", "'"])).map("".join)
TEXTS = st.lists(st.one_of(ANY, MARKS, LIKE_A_TRAP), min_size=TEXTS_IN_EXAMPLE, max_size=TEXTS_IN_EXAMPLE)
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The libraries of JavaScript."""
    with running_node(tmp_path_factory.mktemp("node")) as running:
        yield running


def written(texts: list[str]) -> str:
    """Every way that the emitter has to write a text, as a value and in a list."""
    ways = {"q": quote, "p": plain, "s": single_quote, "m": quote_sparingly}
    lines = [f"{kind}{n}: {write(text)}\n" for n, text in enumerate(texts) for kind, write in ways.items()]
    lines += [dumped(f"d{n}", text) for n, text in enumerate(texts)]
    return "".join([*lines, dumped("dumped", texts), yaml_lines({"laid": texts, "deep": {"list": [{"a": texts[0]}]}})])


def expected(texts: list[str]) -> dict[str, object]:
    fields: dict[str, object] = {f"{kind}{n}": text for n, text in enumerate(texts) for kind in "qpsmd"}
    return {**fields, "dumped": texts, "laid": texts, "deep": {"list": [{"a": texts[0]}]}}


def assert_same(read: Read, wanted: object) -> None:
    for library, found in read.items():
        assert found == wanted, library


def texts_in(value: object, path: str = "") -> dict[str, str]:
    """The texts of a front matter, by where they stand."""
    if isinstance(value, str):
        return {path: value}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {place: text for key, item in items for place, text in texts_in(item, f"{path}/{key}").items()}


def front_matters(text: str) -> list[str]:
    """What each format writes of an article that has the text wherever it can have one."""
    texts = [find_format(name).write(hostile(text)).text for name in FORMATS]
    return [text[4 : text.index("\n---\n")] + "\n" for text in texts]


def assert_texts_are_same(front: str, read: Read) -> None:
    wanted = texts_in(yaml.safe_load(front))
    for library, found in read.items():
        in_library = texts_in(found)
        assert {place: in_library.get(place) for place in wanted} == wanted, library


@pytest.mark.slow
@MANY
@given(TEXTS)
def test_any_text_is_the_same_to_every_library_of_python(texts: list[str]) -> None:
    assert_same(read_in_python(written(texts)), expected(texts))


@pytest.mark.consumers
@MANY
@given(texts=TEXTS)
def test_any_text_is_the_same_to_every_library_of_javascript(texts: list[str], node: Node) -> None:
    assert_same(node.read(written(texts)), expected(texts))


def test_naughty_strings_are_the_same_to_every_library_of_python(naughty_strings: list[str]) -> None:
    assert_same(read_in_python(written(naughty_strings)), expected(naughty_strings))


@pytest.mark.consumers
def test_naughty_strings_are_the_same_to_every_library_of_javascript(naughty_strings: list[str], node: Node) -> None:
    assert_same(node.read(written(naughty_strings)), expected(naughty_strings))


@SOME
@given(st.one_of(ANY, MARKS, LIKE_A_TRAP))
def test_every_field_of_every_format_is_the_same_in_python(text: str) -> None:
    for front in front_matters(text):
        assert_texts_are_same(front, read_in_python(front))


@pytest.mark.consumers
@SOME
@given(text=st.one_of(ANY, MARKS, LIKE_A_TRAP))
def test_every_field_of_every_format_is_the_same_in_javascript(text: str, node: Node) -> None:
    for front in front_matters(text):
        assert_texts_are_same(front, node.read(front))


@pytest.mark.consumers
def test_naughty_strings_in_every_field_are_the_same_in_javascript(naughty_strings: list[str], node: Node) -> None:
    for text in naughty_strings:
        for front in front_matters(text):
            assert_texts_are_same(front, node.read(front))
