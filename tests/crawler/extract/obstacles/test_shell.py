"""Pages that are empty until scripts run, and pages that only send on."""

import json

import pytest

from storage.verdict import Verdict
from tests.crawler.extract.obstacles.made_up import Made, article, check, page, prose

SHELL, CAPTURED, ONWARD = Verdict.NEEDS_JAVASCRIPT, Verdict.CAPTURED, Verdict.NOT_AN_ARTICLE
STORM = (
    "The storm took the roof of the boathouse on Monday night and laid it, whole, on the green behind the church.",
    "Nobody was hurt. The keeper had gone home an hour before, for the first time in years, because of a cold.",
)
SCRIPT = '<script src="/main.js"></script>'
DATA = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"text": " ".join(STORM) * 20})}</script>'


def noscript(text: str, *, lang: str) -> Made:
    html = page("Ledger", f"<div id='x'></div><noscript>{text}</noscript>{SCRIPT}", lang=lang)
    return Made(name=lang, html=html, verdict=SHELL, says=(text[:20],), cause="empty_shell")


NOTICES = (
    noscript("You need to enable JavaScript to run this app.", lang="en"),
    noscript("Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.", lang="de"),
    noscript("Veuillez activer JavaScript pour continuer.", lang="fr"),
    noscript("Es necesario habilitar JavaScript.", lang="es"),
    noscript("Abilita JavaScript per continuare.", lang="it"),
    noscript("Schakel JavaScript in: inschakelen van JavaScript is vereist.", lang="nl"),
    noscript("Ative o JavaScript para continuar.", lang="pt"),
    noscript("Włącz obsługę JavaScript w przeglądarce.", lang="pl"),
    noscript("Пожалуйста, включите JavaScript.", lang="ru"),
    noscript("请启用 JavaScript。", lang="zh"),
    noscript("JavaScriptを有効にしてください。", lang="ja"),
    noscript("JavaScript를 활성화하십시오.", lang="ko"),
)
MADE = (
    Made(name="React", html=page("L", f"<div id='root'></div>{SCRIPT}"), verdict=SHELL, says=("'root'",)),
    Made(name="Angular", html=page("L", f"<app-root></app-root>{SCRIPT}"), verdict=SHELL, says=("'app-root'",)),
    Made(name="Nuxt", html=page("L", f"<div id='__nuxt'></div>{SCRIPT}"), verdict=SHELL),
    Made(name="Next with its data", html=page("L", f"<div id='__next'></div>{DATA}{SCRIPT}"), verdict=SHELL,
         says=("may lie in the script __NEXT_DATA__",), cause="text_in_script"),
    Made(name="nothing but scripts", html=page("L", SCRIPT * 3), verdict=SHELL, says=("nothing but 3 scripts",)),
    Made(name="a picture and a script", html=page("L", f"<img src='/a.jpg'>{SCRIPT}"), verdict=Verdict.TOO_SHORT),
    Made(name="words and no script", html=page("L", "<p>Soon.</p>"), verdict=Verdict.TOO_SHORT),
    Made(name="an article of Next's", html=page("Storm", f"<div id='__next'><main><article><h1>Storm</h1>"
         f"{prose(*STORM)}</article></main></div>{DATA}{SCRIPT}"), verdict=CAPTURED),
    Made(name="an article with a notice", html=article("Storm", *STORM, beside=SCRIPT + "<noscript>Please enable "
         "JavaScript to see the comments.</noscript>"), verdict=CAPTURED),
    Made(name="an article about JavaScript", html=article("Why JavaScript is required reading",
         "To use the course you need to enable JavaScript in the browser, which takes a minute or two at most.",
         "The teachers say that it is worth it, and the pupils, of whom there are forty, say the same."),
         verdict=CAPTURED),
)  # fmt: skip


def refresh(content: str) -> str:
    return f'<meta http-equiv="refresh" content="{content}">'


SENT_ON = (
    Made(name="a refresh", html=page("Moved", "", refresh("0; url=/new/storm")), verdict=ONWARD,
         says=("only sends on to https://news.example.org/new/storm",),
         cause="forwarding:https://news.example.org/new/storm"),
    Made(name="a refresh in quotes", html=page("", "<p>This page has moved.</p>", refresh("5;URL='https://example.org/a'")),
         verdict=ONWARD, says=("https://example.org/a",)),
    Made(name="a script", html=page("", "<script>window.location.href = 'https://example.org/b';</script>"),
         verdict=ONWARD, says=("https://example.org/b",)),
    Made(name="a script that replaces", html=page("", '<script>location.replace("\\/c")</script>'), verdict=ONWARD,
         says=("https://news.example.org/c",)),
    Made(name="an article that renews itself", html=article("Storm", *STORM, head=refresh("300")), verdict=CAPTURED),
    Made(name="an article that goes on to the next", html=article("Storm", *STORM, head=refresh("20; url=/next")),
         verdict=CAPTURED),
    Made(name="a short page that renews itself", html=page("L", f"<p>Wait.</p>{SCRIPT}", refresh("5; url=" +
         "https://news.example.org/2026/04/bowers-of-blue")), verdict=Verdict.TOO_SHORT),
    Made(name="for those without scripts", html=page("L", f"<div id='root'></div><noscript>{refresh('0; url=/plain')}"
         f"</noscript>{SCRIPT}"), verdict=SHELL),
    Made(name="to no web address", html=page("L", "<p>Off.</p>", refresh("0; url=javascript:alert(1)")),
         verdict=Verdict.TOO_SHORT),
    Made(name="a script that compares", html=page("L", "<p>Hm.</p><script>if (location == 'https://example.org/') go()"
         "</script>"), verdict=Verdict.TOO_SHORT),
)  # fmt: skip


@pytest.mark.parametrize("made", NOTICES, ids=lambda made: made.name)
def test_a_notice_is_understood_in_many_languages(made: Made) -> None:
    check(made)


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.name)
def test_an_empty_shell_is_told_from_a_short_page(made: Made) -> None:
    check(made)


@pytest.mark.parametrize("made", SENT_ON, ids=lambda made: made.name)
def test_a_page_that_only_sends_on_names_where_to(made: Made) -> None:
    check(made)
