"""Login walls are known; a page with a login in its corner is a page."""

import pytest

from storage.verdict import Verdict
from tests.crawler.extract.obstacles.made_up import Made, article, check, page, prose

BLOCKED, CAPTURED = Verdict.BLOCKED, Verdict.CAPTURED
FORM = "<form action='/x'><label>Name <input name='n'></label><label>Word <input type='password'></label></form>"
STORM = (
    "The storm took the roof of the boathouse on Monday night and laid it, whole, on the green behind the church.",
    "Nobody was hurt. The keeper had gone home an hour before, for the first time in years, because of a cold.",
)
MADE = (
    Made(name="English", html=page("Log in | Ledger", f"<h1>Welcome back</h1>{FORM}"), verdict=BLOCKED,
         says=("asks for a login", "title 'Log in | Ledger'"), cause="login"),
    Made(name="German", html=page("Hafenbote", f"<h1>Anmelden</h1>{FORM}", lang="de"), verdict=BLOCKED),
    Made(name="French", html=page("Connexion", FORM, lang="fr"), verdict=BLOCKED),
    Made(name="Spanish", html=page("El Faro", f"<p>Inicia sesión para leer El Faro en tu casa.</p>{FORM}"),
         verdict=BLOCKED),
    Made(name="Japanese", html=page("ログイン", FORM, lang="ja"), verdict=BLOCKED),
    Made(name="a redirect to a login", html=page("Ledger", prose("Members of the Ledger read on here.")),
         verdict=BLOCKED, url="https://news.example.org/login?next=/2026/04/bowers", says=("redirects to https://",)),
    Made(name="a redirect to single sign-on", html=page("Ledger", prose(*STORM)), verdict=BLOCKED,
         url="https://sso.example.org/realms/news"),
    Made(name="a login in the corner", html=article("Storm", *STORM, beside=FORM), verdict=CAPTURED),
    Made(name="a login in the corner of a short article", verdict=CAPTURED,
         html=article("Storm", *STORM, times=1, beside=f"<aside><h3>Log in</h3>{FORM}</aside>",
                      head='<meta property="og:type" content="article">')),
    Made(name="an article about logins", verdict=CAPTURED,
         html=article("How to sign in to the library", "To sign in you need a card and a word that you keep secret.",
                      "Log in at the desk by the door, where a friend of the library will help you with the rest.")),
    Made(name="an article at an address about logins", html=article("Login", *STORM), verdict=CAPTURED,
         url="https://news.example.org/login", asked="https://news.example.org/login"),
    Made(name="an article whose address moved", html=article("Storm", *STORM), verdict=CAPTURED,
         url="https://news.example.org/2026/how-to-login-better"),
)  # fmt: skip


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.name)
def test_a_page_that_only_asks_who_we_are_is_blocked(made: Made) -> None:
    check(made)
