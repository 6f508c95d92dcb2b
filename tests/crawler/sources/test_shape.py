"""Shapes of addresses: what the articles of one site share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.shape import folder_of, is_archive, is_varied, shape_of


@pytest.mark.parametrize(
    ("path", "shape", "varied"),
    [
        ("", "/", False),
        ("/", "/", False),
        ("/about", "/s", True),
        ("/2026/11/26/storm-over-the-bay/", "/Y/d/d/s/", True),
        ("/2026/11/", "/Y/d/", False),
        ("/2026/", "/Y/", False),
        ("/news/7", "/news/N", True),
        ("/node/1211", "/node/N", True),
        ("/n1/2026/1126/c1001-40123456.html", "/0/Y/D/0.html", True),
        ("/a/20261126/00123.htm", "/a/D/N.htm", True),
        ("/blog/2026-11-26-storm", "/blog/s", True),
        ("/releases/2026-11-26.html", "/releases/D.html", False),
        ("/story/0b8e7a31-12c4-4f6d-9a1b-77aa0c9d1e21", "/story/X", True),
        ("/articles/c0l1234abcdo", "/articles/X", True),
        ("/@ada/storm-3f9a2b2c2d1", "/s/s", True),
        ("/press/nr-112", "/press/0", True),
        ("/user/ada-miller", "/user/s", True),
        ("/a-very-long-name/x", "/s/s", True),
        ("/news.php?id=123", "/s.php?id=N", True),
        ("/news.php?id=77:storm-over-the-bay", "/s.php?id=N", True),
        ("/index.php?view=article&id=7", "/s.php?id=N&view=article", True),
        ("/index.php?view=category", "/s.php?view=category", False),
        ("/l?code=S1N1", "/s?code=s0n0", True),
        ("/%D8%A7%D9%84-%D8%AC%D8%B3-%D9%82%D8%AF/1", "/%D8%A7%D9%84-%D8%AC%D8%B3-%D9%82%D8%AF/N", True),
    ],
)
def test_an_address_has_a_shape(path: str, shape: str, varied: bool) -> None:
    found = shape_of(f"https://example.org{path}")
    assert found == (shape if "%" not in shape else "/ال-جس-قد/N")
    assert is_varied(found) is varied


@pytest.mark.parametrize(
    ("shape", "text", "is_list"),
    [
        ("/Y/d/", "November 2026", True),
        ("/Y/d/d/", "26", True),
        ("/news/Y", "2026", True),
        ("/news/Y", "All of 2026", True),
        ("/node/Y", "Storm over the bay", False),
        ("/Y/d/s/", "2026", False),
        ("/news/N", "7", False),
    ],
)
def test_a_list_by_time_is_told_from_an_article(shape: str, text: str, is_list: bool) -> None:
    assert is_archive(shape, text) is is_list


def test_folders_are_told() -> None:
    assert [folder_of(shape) for shape in ("/s", "/s/", "/a/s", "/a/b/N.html?x=N", "/")] == [
        "/",
        "/",
        "/a/",
        "/a/b/",
        "/",
    ]


@given(st.text())
def test_any_address_has_a_shape(text: str) -> None:
    for url in (text, f"https://example.org/{text}", f"https://example.org/?{text}"):
        assert isinstance(is_varied(shape_of(url)), bool)
