"""When two URLs and two texts are the same."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.identity.article_id import article_id
from storage.identity.content import content_hash, is_version_of
from storage.identity.text import storable
from storage.identity.url import LONGEST_KEY, url_key

ANY_TEXT = st.text(st.characters(codec=None))
WORDS = st.lists(st.text(string.ascii_letters + "äöüßéñжяλ", min_size=1), min_size=1)
HOSTILE = st.one_of(
    ANY_TEXT,
    ANY_TEXT.map("http://".__add__),
    st.text("htp:/[]@?#%&=;.\\ \t\0\ud800é1").map("https://a".__add__),
)
URLS = st.builds(
    "{}://{}{}/{}?{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.org", "Example.ORG.", "user:p@example.org", "münchen.example", "[::1]"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(string.ascii_letters + "%/.;é ~_-(", max_size=12),
    st.text(string.ascii_letters + "%&=+;é ", max_size=20),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://Example.ORG/a", "https://example.org/a"),
        ("https://example.org:443/a", "http://example.org:80/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?utm_source=x&UTM_Medium=y&fbclid=z&mc_cid=1", "https://example.org/a"),
        ("https://example.org/a?gclid=1&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?PHPSESSID=4f2c", "https://example.org/a"),
        ("https://example.org/a.jsp;jsessionid=0A1B.node1?id=7", "https://example.org/a.jsp?id=7"),
        ("https://example.org/a?id=7&ASPSESSIONIDQQ=X&CFID=1&CFTOKEN=2", "https://example.org/a?id=7"),
        ("https://example.org/a?sid=0123456789abcdef0123456789abcdef", "https://example.org/a"),
        ("https://example.org/a?s=k3v9q0c1m2n4p5r6s7t8u9w0xy", "https://example.org/a"),
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/%e4%bd%a0", "https://example.org/你"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_two_spellings_of_one_url_share_a_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?ref=1", "https://example.org/a"),
        ("https://example.org/a?sid=123", "https://example.org/a?sid=124"),
        ("https://example.org/a?sid=26/11/25/1745", "https://example.org/a"),
        ("https://example.org/a?s=supercalifragilisticexpiali", "https://example.org/a"),
        ("https://example.org/a?sid=507f1f77bcf86cd799439011", "https://example.org/a"),
        ("https://example.org/a;v=2", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("https://example.org/?p=" + "x" * 5000 + "1", "https://example.org/?p=" + "x" * 5000 + "2"),
    ],
)
def test_two_pages_do_not_share_a_key(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@given(HOSTILE)
def test_a_key_is_made_of_anything_and_can_be_stored(url: str) -> None:
    key = url_key(url)
    assert key.isascii()
    assert "\0" not in key
    assert len(key) <= LONGEST_KEY


@given(URLS)
def test_the_key_of_a_key_is_itself(url: str) -> None:
    assert url_key(url_key(url)) == url_key(url)


@given(WORDS, st.sampled_from([" ", "\n", "\t ", "\u00a0", "\r\n\r\n"]))
def test_white_space_does_not_change_a_hash(words: list[str], space: str) -> None:
    assert content_hash(" ".join(words)) == content_hash(space + space.join(words) + space)


@given(st.text(string.ascii_letters + "äöüéñжяλ "))
def test_case_does_not_change_a_hash(text: str) -> None:
    assert content_hash(text.upper()) == content_hash(text.lower())


@given(ANY_TEXT)
def test_a_stored_text_has_the_hash_it_came_with(text: str) -> None:
    assert content_hash(storable(text)) == content_hash(text)
    assert len(content_hash(text)) == 64


@given(WORDS, WORDS)
def test_other_words_give_another_hash(one: list[str], other: list[str]) -> None:
    same = [word.casefold() for word in one] == [word.casefold() for word in other]
    assert (content_hash(" ".join(one)) == content_hash(" ".join(other))) is same


def test_the_forms_of_one_character_are_the_same_text() -> None:
    assert content_hash("ﬁne café") == content_hash("fine cafe\u0301")


def test_an_edited_text_is_a_version_and_another_one_is_not() -> None:
    text = "The harbour opened on Monday after a long winter and the first boats left before dawn"
    assert is_version_of(text + " with the tide, the master said.", text)
    assert is_version_of(text.replace("Monday", "Tuesday"), text)
    assert not is_version_of("The council met on Monday after a long debate and the first votes fell", text)
    assert not is_version_of("", text)


@given(ANY_TEXT)
def test_an_id_is_short_and_never_looks_like_a_number(key: str) -> None:
    made = article_id(key)
    assert len(made) == 10
    assert made[0] in string.ascii_lowercase
    assert set(made) <= set(string.ascii_lowercase + "234567")


def test_a_longer_id_begins_with_the_shorter_one() -> None:
    assert article_id("https://example.org/a", length=14).startswith(article_id("https://example.org/a"))
    assert article_id("https://example.org/a") != article_id("https://example.org/b")
