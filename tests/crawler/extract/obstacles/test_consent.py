"""Consent walls are known, a cookie banner over an article and an article about cookies are not taken for one."""

import pytest

from storage.verdict import Verdict
from tests.crawler.extract.obstacles.made_up import URL, Made, article, check, page, prose

WALL, CAPTURED = Verdict.CONSENT_WALL, Verdict.CAPTURED
BUTTONS = "<button>Accept all</button><button>Reject all</button><a href='/s'>Manage settings</a>"
ENGLISH = page(
    "Your privacy choices",
    "<h1>We value your privacy</h1>"
    + prose(
        "We and our 142 partners store and access cookies on a device to process personal data.",
        "You may accept or manage your choices, including your right to object where legitimate interest is used.",
    )
    + BUTTONS,
)
GERMAN = page(
    "Der Hafenbote",
    "<h2>Weiterlesen mit Werbung</h2>"
    + prose(
        "Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking. Näheres sagt die Datenschutzerklärung.",
        "Oder nutzen Sie das Pur-Abo ohne Werbung und Tracking ab 4,99 Euro im Monat.",
    )
    + "<button>Akzeptieren und weiter</button><a href='/pur'>Jetzt Pur abonnieren</a>"
    '<script src="https://cdn.privacy-mgmt.com/unified/wrapperMessagingWithoutDetection.js"></script>',
    lang="de",
)
FRENCH = page(
    "Le Phare",
    "<h1>Votre vie privée nous importe</h1>"
    + prose("Nous et nos 87 partenaires utilisons des cookies et des traceurs pour afficher de la publicité.")
    + "<button>Tout accepter</button><button>Continuer sans accepter</button>"
    "<script src='//sdk.privacy-center.org/d.js'></script>",
    lang="fr",
)
SPANISH = page(
    "El Faro",
    "<h1>Valoramos tu privacidad</h1>"
    + prose("Nosotros y nuestros socios almacenamos cookies y datos personales para mostrar publicidad.")
    + "<button>Aceptar todo</button><button>Rechazar</button><script>window.didomiConfig={}</script>",
    lang="es",
)
ITALIAN = page(
    "Il Faro",
    "<h1>Prima di continuare</h1>"
    + prose("Noi e i nostri fornitori archiviamo cookie e dati personali per la pubblicità.")
    + "<button>Accetta tutto</button><button>Rifiuta</button><script src='//cdn.iubenda.com/x.js'></script>",
    lang="it",
)
DUTCH = page(
    "De Haven",
    "<h1>Wij en onze partners</h1>"
    + prose("Met uw toestemming plaatsen wij cookies en verwerken wij gegevens voor advertenties.")
    + "<button>Akkoord</button>",
    lang="nl",
)
POLISH = page(
    "Port",
    "<h1>Cenimy prywatność</h1>"
    + prose("My i nasi partnerzy przechowujemy cookie w celu wyświetlania reklam. Wyraź zgodę.")
    + "<button>Akceptuję</button><script src='https://cdn.cookielaw.org/otSDKStub.js'></script>",
    lang="pl",
)
BANNER = (
    '<div id="onetrust-banner-sdk"><h2>We value your privacy</h2><p>We and our partners store cookies to personalise '
    f"advertising.</p>{BUTTONS}</div><script src='https://cdn.cookielaw.org/otSDKStub.js'></script>"
)
STORM = (
    "The storm took the roof of the boathouse on Monday night and laid it, whole, on the green behind the church.",
    "Nobody was hurt. The keeper had gone home an hour before, for the first time in years, because of a cold.",
)
COOKIES = (
    "Before you continue to read, count the cookie banners of your day: the regulator counted eleven a person.",
    "We value your privacy, they say, and name hundreds of partners, and a button to accept all stands below in blue.",
    "The commission wants the consent to be given once, in the browser, and the publishers' advertising depends on it.",
)
MADE = (
    Made(name="English", html=ENGLISH, verdict=WALL, says=("'We value your privacy'", "'Accept all'"), cause="consent"),
    Made(name="German, Pur", html=GERMAN, verdict=WALL, says=("Sourcepoint",), cause="consent:Sourcepoint"),
    Made(name="French", html=FRENCH, verdict=WALL, says=("Didomi",)),
    Made(name="Spanish", html=SPANISH, verdict=WALL, says=("Didomi",)),
    Made(name="Italian", html=ITALIAN, verdict=WALL, says=("iubenda",)),
    Made(name="Dutch", html=DUTCH, verdict=WALL),
    Made(name="Polish", html=POLISH, verdict=WALL, says=("OneTrust",)),
    Made(name="a redirect to a consent host", html=page("Before you go", prose(*STORM)), verdict=WALL,
         url="https://consent.example.org/collectConsent?sessionId=3", says=("it redirects to https://consent.",)),
    Made(name="a redirect to guce", html=page("Example", ""), verdict=WALL, url="https://guce.example.com/consent?x=1"),
    Made(name="a redirect to a path", html=page("Ihre Auswahl", prose("Bitte wählen Sie.")), verdict=WALL,
         url="https://news.example.org/zustimmung?url=%2F2026"),
    Made(name="a short article below a banner", verdict=CAPTURED,
         html=article("Storm", *STORM, times=1, beside=BANNER)),
    Made(name="a long article below a banner", html=article("Storm", *STORM, times=9, beside=BANNER), verdict=CAPTURED),
    Made(name="a banner before the article", verdict=CAPTURED,
         html=page("Storm", f"{BANNER}<main><article><h1>Storm</h1>{prose(*STORM)}</article></main>")),
    Made(name="an article about cookies", html=article("Eleven banners a day", *COOKIES, times=5, beside=BANNER),
         verdict=CAPTURED),
    Made(name="a short one about cookies, called an article", verdict=CAPTURED,
         html=article("Eleven banners", *COOKIES, times=1, beside=BANNER,
                      head='<meta property="article:published_time" content="2026-04-01">')),
    Made(name="a short one about cookies, with no banner", verdict=CAPTURED,
         html=article("Eleven banners", "The regulator counted eleven cookie banners a person and day, and asks why.",
                      "Partners of the publishers say that advertising pays for what is read on the web.", times=1)),
    Made(name="an article at an address about consent", html=article("Consent", *STORM), verdict=CAPTURED,
         url="https://news.example.org/zustimmung", asked="https://news.example.org/zustimmung"),
    Made(name="an article on a host called consent", html=article("Storm", *STORM), verdict=CAPTURED,
         url="https://consent.example.org/storm", asked="https://consent.example.org/storm"),
)  # fmt: skip


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.name)
def test_a_page_that_only_asks_for_consent_is_a_wall(made: Made) -> None:
    check(made)


def test_nothing_is_redirected_where_nobody_knows_what_was_asked_for() -> None:
    made = Made(name="saved", html=article("Storm", *STORM), verdict=CAPTURED, url=URL, asked="")
    check(made)
