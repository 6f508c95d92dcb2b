"""Files of the four formats read back: real ones, respelt ones, and those of one format turned into another."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article
from storage.export.conversion import OPTIONS
from storage.formats.characters import one_line
from storage.formats.moment import in_zone
from storage.formats.post_words import NO_TAG, clean_tags
from storage.formats.recognition import recognise
from storage.formats.registry import READABLE, find_readable
from storage.formats.source_file import decoded

KINDS = ("news", "note", "post")
AT = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = tuple(each.name for each in READABLE)
Respell = Callable[[dict[str, Any]], str]


class Loader(yaml.SafeLoader):
    """YAML whose timestamps stay text, as they would be respelt otherwise."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

SPELLINGS: dict[str, Respell] = {
    "JSON in ASCII": lambda fields: json.dumps(fields) + "\n",
    "JSON over many lines": lambda fields: json.dumps(fields, indent=2, ensure_ascii=False) + "\n",
    "YAML in flow style": lambda fields: dumped(fields, default_flow_style=True),
    "single quotes and tags": lambda fields: dumped(fields, default_style="'"),
    "double quotes, folded": lambda fields: dumped(fields, default_style='"', width=40, indent=4),
    "block keys with JSON values": lambda fields: "".join(f"{k}: {json.dumps(v)}\n" for k, v in fields.items()),
}


def dumped(fields: dict[str, Any], **style: Any) -> str:
    return str(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, **style))


def shuffled(value: Any, chance: random.Random) -> Any:
    """The value with the keys of each mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


def examples(shared: Path, kind: str) -> list[Path]:
    files = sorted((shared / "formats/examples" / kind).glob("*.md"))
    assert len(files) == 250
    return files


def rewritten(text: str, *, kind: str, path: Path) -> str:
    form = find_readable(kind)
    return form.write(form.read(text, path=path.as_posix())).text


@pytest.mark.corpora
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_respelt_file_comes_back_in_the_canonical_bytes(shared: Path, kind: str, spelling: str) -> None:
    chance = random.Random(spelling)
    differing = []
    for path in examples(shared, kind):
        text = path.read_bytes().decode()
        front_matter, body = text.removeprefix("---\n").split("\n---\n", 1)
        fields = shuffled(yaml.load(front_matter, Loader), chance)
        respelt = f"---\n{SPELLINGS[spelling](fields)}---\n{body}"
        if rewritten(respelt, kind=kind, path=path) != text:
            differing.append(path.name)
    assert differing == []


@pytest.mark.corpora
@pytest.mark.parametrize("kind", KINDS)
def test_line_ends_and_a_byte_order_mark_do_not_count(shared: Path, kind: str) -> None:
    for path in examples(shared, kind)[:50]:
        text = path.read_bytes().decode()
        content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        assert rewritten(decoded(content, path=path.name), kind=kind, path=path) == text, path.name


@pytest.mark.parametrize("kind", NAMES)
def test_the_seed_comes_back_and_is_recognised(shared: Path, kind: str) -> None:
    (path,) = (shared / "formats/seeds").glob(f"*_{kind}.*")
    text = path.read_bytes().decode()
    assert rewritten(text, kind=kind, path=path) == text
    assert recognise(text, path=path.as_posix()) == kind


@pytest.mark.corpora
@pytest.mark.parametrize("target", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_both_formats_have_survives_a_conversion(shared: Path, kind: str, target: str) -> None:
    for path in examples(shared, kind):
        before = find_readable(kind).read(path.read_bytes().decode(), path=path.as_posix())
        assert_kept(before, kind=kind, target=target)


@pytest.mark.parametrize("target", NAMES)
def test_a_plain_text_survives_a_conversion(shared: Path, target: str) -> None:
    text = (shared / "formats/seeds/002_text.txt").read_bytes().decode()
    before = replace(find_readable("text").read(text, path="a.txt"), captured_at=AT)
    assert_kept(before, kind="text", target=target)


def assert_kept(before: Article, *, kind: str, target: str) -> None:
    """The target keeps title, address, date, tags and body as far as it has a place for them."""
    form = find_readable(target)
    document = form.write(before, OPTIONS.get(target, {}))
    after = form.read(document.text, path=document.path)
    # U+00A0 and its kin go where they end a whole post.
    assert after.title.rstrip("\xa0") == title_in(target, before.title).rstrip("\xa0"), document.path
    if target != "text":
        assert after.url == before.url
        assert in_zone(after_date(after), UTC).date() == in_zone(after_date(before), UTC).date()
    if target in ("note", "post") and kind != "news" and before.body:
        assert after.body == before.body
    if target != "text":
        assert after.tags == (before.tags if kind == target else tags_in(target, before.tags))


def after_date(article: Article) -> Any:
    return article.published_at or article.captured_at


def title_in(target: str, title: str) -> str:
    """A note has it for its file's name, cut to 120 bytes; lines lose the white space at their ends."""
    if target != "note":
        return title if target == "news" else one_line(title)
    note = find_readable("note").write(Article(url="", title=title, captured_at=AT))
    return note.path.removesuffix(".md").rpartition("/")[2]


def tags_in(target: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Posts have single words, news at least one and at most nine."""
    if target == "post":
        words = clean_tags(tags)
        return tags if clean_tags(words) == tags else () if words == (NO_TAG,) else words
    if target == "news":
        return tags[:9] or ("News",)
    return tags


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_is_read_back_by_our_own_readers(title: str, excerpt: str, tags: list[str]) -> None:
    article = Article(url="https://x.org/a", title=title, excerpt=excerpt, tags=tuple(tags), published_at=AT)
    for name in KINDS:
        form = find_readable(name)
        document = form.write(article)
        again = form.read(document.text, path=document.path)
        assert form.write(again).text == document.text, name
