import pytest

from crawler.extract.names import clean_name, is_organisation, is_personal, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Bower and Ben Nest", ["Ada Bower", "Ben Nest"]),
        ("Geschrieben von Ada Bower", ["Ada Bower"]),
        ("Par Ada Bower", ["Ada Bower"]),
        ("Por Ada Bower y Ben Nest", ["Ada Bower", "Ben Nest"]),
        ("文＝青山 花子", ["青山 花子"]),
        ("青山花子 記者", ["青山花子"]),
        ("By Ada Bower, Senior Reporter", ["Ada Bower"]),
        ("Ada Bower, Ph.D.", ["Ada Bower, Ph.D."]),
        ("Ada Bower | May 2, 2026", ["Ada Bower"]),
        ("Ada Bower May 2, 2026", ["Ada Bower"]),
        ("View all posts by Ada Bower", ["Ada Bower"]),
        ("Ada Bower sagt:", ["Ada Bower"]),
        ("Institute for Nests and Bowers", ["Institute for Nests and Bowers"]),
        ("Published", []),
        ("By", []),
        ("Posts: 116", []),
        ("ada@example.org", []),
        ("page.head.author", []),
    ],
)
def test_names_are_cut_out_of_what_stands_around_them(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Ada Bower", True),
        ("Ada van der Bower", True),
        ("ADA BOWER", True),
        ("Theresa May", True),
        ("青山花子", True),
        ("Ada", False),
        ("ada bower", False),
        ("Share this", False),
        ("Photo Ada Bower Getty", False),
        ("Read how it went", False),
    ],
)
def test_a_whole_name_is_told_from_other_words(name: str, is_one: bool) -> None:
    assert is_personal(name) is is_one


@pytest.mark.parametrize("name", ["Redaktion", "Bower News", "AFP", "GNB", "bower.example.org", "Bower Verlag"])
def test_an_organisation_is_told_by_its_words(name: str) -> None:
    assert is_organisation(name)
    assert not is_organisation("Ada Bower")


def test_a_surname_that_is_a_month_stays() -> None:
    assert clean_name("Theresa May") == "Theresa May"
