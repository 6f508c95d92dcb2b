"""Soft 404s and stand-ins: pages that answer 200 and are not what was asked for."""

import pytest

from storage.verdict import Verdict
from tests.crawler.extract.obstacles.made_up import Made, article, check, page, prose

GONE, CAPTURED, HTTP_ERROR, NO_ARTICLE = Verdict.GONE, Verdict.CAPTURED, Verdict.HTTP_ERROR, Verdict.NOT_AN_ARTICLE
SORRY = prose("Perhaps the address was mistyped, or what stood here has been taken away. Our search may help you.")
STORM = (
    "The storm took the roof of the boathouse on Monday night and laid it, whole, on the green behind the church.",
    "Nobody was hurt. The keeper had gone home an hour before, for the first time in years, because of a cold.",
)
LINKS = "".join(f'<p><a href="/{n}">Story number {n} of the week in a few words</a></p>' for n in range(9))


def soft(title: str, *, heading: str = "", lang: str = "en", body: str = SORRY) -> Made:
    html = page(title, (f"<h1>{heading}</h1>" if heading else "") + body, lang=lang)
    return Made(name=title or heading, html=html, verdict=GONE, says=("answers 200, but its",), cause="soft_not_found")


SOFT = (
    soft("Page not found | The Ledger"),
    soft("404 Not Found"),
    soft("The Ledger - Error 404"),
    soft("The Ledger", heading="Sorry, this page does not exist."),
    soft("The Ledger", heading="Oops! That page can’t be found.", body=SORRY + LINKS),
    soft("Seite nicht gefunden – Hafenbote", lang="de"),
    soft("Hafenbote", heading="Die Seite wurde leider nicht gefunden", lang="de"),
    soft("Page introuvable - Le Phare", lang="fr"),
    soft("Página no encontrada | El Faro", lang="es"),
    soft("Pagina non trovata", lang="it"),
    soft("Pagina niet gevonden", lang="nl"),
    soft("Página não encontrada", lang="pt"),
    soft("Strona nie została znaleziona", lang="pl"),
    soft("Страница не найдена", lang="ru"),
    soft("页面不存在", lang="zh"),
    soft("ページが見つかりません", lang="ja"),
    soft("Sidan kunde inte hittas", lang="sv"),
)
HEADLINES = LINKS.replace("<p>", "<h2>").replace("</p>", "</h2>")
MOVED = (
    Made(name="to the home page", html=page("The Ledger", LINKS), verdict=GONE, url="https://news.example.org/",
         says=("answers 200, but redirects to the site's home page",)),
    Made(name="to the home page without www", html=page("The Ledger", prose(*STORM)), verdict=GONE,
         asked="https://www.example.org/2026/04/bowers.html", url="https://example.org"),
    Made(name="to an error page", html=page("The Ledger", prose(*STORM)), verdict=GONE,
         url="https://news.example.org/404.html"),
    Made(name="to where it lives now", html=article("Storm", *STORM), verdict=CAPTURED,
         url="https://news.example.org/stories/storm"),
    Made(name="a short link to another site's only page", html=article("Storm", *STORM), verdict=CAPTURED,
         asked="https://go.example.net/a-b-c1234", url="https://storm.example.org/"),
    Made(name="a short slug to the home page", html=article("Storm", *STORM), verdict=GONE,
         asked="https://news.example.org/storm", url="https://news.example.org/index.html"),
    Made(name="to a home page that calls itself an article", verdict=GONE, url="https://news.example.org/",
         html=article("Storm", *STORM, head='<meta property="og:type" content="article">')),
    Made(name="the home page to its other spelling", html=page("The Ledger", HEADLINES), verdict=NO_ARTICLE,
         asked="https://news.example.org/index.html", url="https://news.example.org/"),
    Made(name="the home page to that of its language", html=page("The Ledger", HEADLINES), verdict=NO_ARTICLE,
         asked="https://news.example.org/en/", url="https://news.example.org/"),
)  # fmt: skip
ABOUT = (
    Made(name="an article called Page not found", verdict=CAPTURED, html=article("Page not found", *STORM, times=5)),
    Made(name="an article about 404 pages", verdict=CAPTURED,
         html=article("Why 404 pages are the best part of a site", *STORM, times=1)),
    Made(name="a short article that is called one", verdict=CAPTURED,
         html=article("Not found", *STORM, times=1, head='<meta property="og:type" content="article">')),
    Made(name="German, about pages that are missing", verdict=CAPTURED, html=article(
         "Seite nicht gefunden: Wie das Netz vergisst", *STORM, times=4, lang="de")),
    Made(name="a bridge with a number", verdict=CAPTURED, html=article("Highway 404 opens again", *STORM, times=1)),
)  # fmt: skip


def stand_in(name: str, html: str, verdict: Verdict, *says: str) -> Made:
    return Made(name=name, html=html, verdict=verdict, says=says)


STAND_INS = (
    stand_in("maintenance", page("Site under maintenance", SORRY), HTTP_ERROR, "title 'Site under maintenance'"),
    stand_in("WordPress's maintenance", page("Maintenance", "<h1>Briefly unavailable for scheduled maintenance. Check "
             "back in a minute.</h1>"), HTTP_ERROR, "maintenance"),
    stand_in("Wartung", page("Wartungsarbeiten", SORRY, lang="de"), HTTP_ERROR),
    stand_in("en mantenimiento", page("Sitio en mantenimiento", SORRY, lang="es"), HTTP_ERROR),
    stand_in("a broken database", page("Database Error", "<h1>Error establishing a database connection</h1>"),
             HTTP_ERROR, "broken database"),
    stand_in("a warning of PHP", page("", "Warning: mysqli_connect(): Access denied in /var/www/db.php on line 4"),
             HTTP_ERROR),
    stand_in("nginx", page("Welcome to nginx!", prose("If you see this page, the nginx web server is successfully "
             "installed and working. Further configuration is required.")), HTTP_ERROR, "bare server"),
    stand_in("Apache", page("Apache2 Ubuntu Default Page: It works", SORRY), HTTP_ERROR),
    stand_in("a domain for sale", page("example.org is for sale", SORRY), NO_ARTICLE, "parked domain"),
    stand_in("a parked domain", page("example.org", prose("This domain is parked.", "Buy this domain.")), NO_ARTICLE),
    stand_in("Domain zu verkaufen", page("example.org", prose("Diese Domain steht zum Verkauf.")), NO_ARTICLE),
    stand_in("about maintenance", article("Maintenance", *STORM, times=5), CAPTURED),
    stand_in("about a bridge", article("Bridge down for maintenance until May", *STORM, times=1), CAPTURED),
    stand_in("about domains", article("A domain for a song", "The farm is for sale, and with it its domain on the web.",
             "Whoever buys it gets the cows, and the name that the cows had, said the farmer on Friday."), CAPTURED),
    stand_in("a warning of a storm", article("Warning", "Warning: the storm will come ashore on line 4 of the map, "
             "said the office, and boats should stay where they are until it has gone.", times=1), CAPTURED),
)  # fmt: skip


@pytest.mark.parametrize("made", SOFT, ids=lambda made: made.name)
def test_a_page_that_says_it_is_not_there_is_gone(made: Made) -> None:
    check(made)


@pytest.mark.parametrize("made", MOVED, ids=lambda made: made.name)
def test_an_article_that_leads_to_no_article_is_gone(made: Made) -> None:
    check(made)


@pytest.mark.parametrize("made", ABOUT, ids=lambda made: made.name)
def test_an_article_about_missing_pages_is_captured(made: Made) -> None:
    check(made)


@pytest.mark.parametrize("made", STAND_INS, ids=lambda made: made.name)
def test_a_page_that_stands_in_for_a_site_is_no_article(made: Made) -> None:
    check(made)
