from datetime import date

import pytest

from crawler.extract.written_date import LATER, date_in

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "March 2, 2026",
        "Mon 2 Mar 2026",
        "2nd of March 2026",
        "Montag, 2. März 2026",
        "lundi 2 mars 2026",
        "2 de marzo de 2026",
        "2 de março de 2026",
        "2 marzo 2026",
        "2 maart 2026",
        "2. mars 2026",
        "2 marca 2026",
        "2. března 2026",
        "2 марта 2026, 13:43",
        "2 березня 2026",
        "2. maaliskuuta 2026",
        "2026. március 2.",
        "2026年3月2日",
        "2026년 3월 2일",
        "2026-03-02",
        "2026/3/2",
        "02.03.2026",
        "02.03.26",
        "02/03/2026",
        "Published: 02-Mar-2026 10:15",
    ],
)
def test_a_date_is_read_in_many_languages(text: str) -> None:
    assert date_in(text) == DAY


def test_americans_write_the_month_first() -> None:
    assert date_in("3/2/2026", language="en-US") == DAY
    assert date_in("3/25/2026") == date(2026, 3, 25)


@pytest.mark.parametrize("text", ["March 2026", "2. Liga 2026", "30.02.2026", "1.2.3.4", "127.0.0.1", "3/4", ""])
def test_no_whole_date_is_none(text: str) -> None:
    assert date_in(text) is None


@pytest.mark.parametrize("text", ["Updated 2 May", "Stand: 2.5.", "Aktualisiert am", "Mis à jour le", "Actualizado"])
def test_words_of_change_are_known(text: str) -> None:
    assert LATER.search(text)
