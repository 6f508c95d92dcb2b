"""Consent walls: a page that wants a yes to cookies before it shows anything. A banner over an article is none."""

import re

from crawler.ending import Ending, ending
from crawler.extract.obstacles.sight import Sight, address, host_of, path_of, quoted
from crawler.extract.wording import count_words
from storage.cause import CauseKind
from storage.verdict import Verdict

MOST_WORDS, MOST_OTHER_WORDS = 300, 40
CONSENT_HOST = re.compile(
    r"^(?:consent|guce|cmp|cookie-?consent|cookiewall|myprivacy|choices)\.|(?:^|\.)privacy-mgmt\."
)
CONSENT_PATH = re.compile(
    r"(?:^|/)(?:collectconsent|consent|cookie-?consent|cookie-?wall|cookie-?walls|privacy-?wall|privacy-?gate|"
    r"privacy-?consent|zustimmung|einwilligung|purabo|pur-abo|consentement)(?:/|\.\w{2,5}$|$)"
)
MAKERS = {
    "Sourcepoint": re.compile(r"sp_message|privacy-mgmt\.com|_sp_queue|window\._sp_|sourcepoint"),
    "OneTrust": re.compile(r"onetrust|cookielaw\.org"),
    "Usercentrics": re.compile(r"usercentrics|cookiebot"),
    "Didomi": re.compile(r"didomi|privacy-center\.org"),
    "Quantcast": re.compile(r"quantcast|qc-cmp"),
    "consentmanager": re.compile(r"consentmanager\.(?:net|de|mgr)|cmpbox"),
    "TrustArc": re.compile(r"trustarc|truste"),
    "iubenda": re.compile(r"iubenda"),
    "contentpass": re.compile(r"contentpass"),
}
# What only such a page says to its visitor.
ADDRESS_TO_VISITOR = re.compile(
    r"before you continue to|we value your privacy|we (?:and|&) our (?:\d+ )?partners|we care about your privacy|"
    r"your privacy (?:matters|is important)|"
    r"bevor sie (?:fortfahren|weiterlesen)|wir (?:und|&) unsere (?:\d+ )?partner|(?:weiter|weiterlesen|lesen|"
    r"nutzen).{0,40}mit werbung|"
    r"wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung)|ihre privatsphäre|werbefrei(?: lesen)?.{0,40}pur|"
    r"avant (?:de|d'accéder|d’accéder)|nous et nos (?:\d+ )?partenaires|votre vie privée|continuer sans accepter|"
    r"nosotros y nuestros (?:\d+ )?socios|tu privacidad|su privacidad|valoramos (?:tu|su) privacidad|"
    r"antes de continuar|"
    r"noi e i nostri (?:\d+ )?(?:partner|fornitori)|la tua privacy|prima di continuare|"
    r"wij en onze (?:\d+ )?partners|uw privacy|je privacy|voordat (?:je|u) (?:verder|doorgaat)|"
    r"nós e os nossos (?:\d+ )?parceiros|(?:a )?sua privacidade|"
    r"my i nasi (?:\d+ )?partnerzy|twoj(?:a|ą|ej) prywatnoś|cenimy (?:twoją )?prywatność|"
    r"vi och våra (?:\d+ )?partner|din integritet|vi og våre (?:\d+ )?partnere|vi og vores (?:\d+ )?partnere|"
    r"ditt personvern|"
    r"мы и наши партн|私たちとパートナー|我们和我们的合作伙伴",
    re.IGNORECASE,
)
ACCEPT = re.compile(
    r"\b(?:accept(?: all| cookies| (?:and|&) continue)|agree(?: (?:and|&) (?:continue|proceed))?|allow all|i consent|"
    r"akzeptieren|alle(?:m)? zustimmen|zustimmen|einwilligen|einverstanden|tout accepter|"
    r"accepter(?: et continuer| tout)?|"
    r"j'accepte|aceptar(?: todo)?|acepto|accetta(?: tutto| e continua)?|accetto|akkoord|alles accepteren|accepteren|"
    r"aceitar(?: tudo)?|concordo|zgadzam się|akceptuj(?:ę)?|acceptera|godkänn|accepter alle|godta|принять|согласен)\b|"
    r"同意|接受|すべて許可",
    re.IGNORECASE,
)
ABOUT_CONSENT = re.compile(
    r"cookie|consent|privacy|partner|tracking|personal(?:ised|ized)? (?:data|ads|content)|advert|"
    r"einwillig|zustimm|datenschutz|werbung|werbefrei|privatsphäre|personenbezogen|akzeptier|ablehn|\bpur\b|\babo\b|"
    r"consent|confidentialité|vie privée|publicit|partenaires|traceurs|données|accept|refus|"
    r"privacidad|publicidad|socios|datos|aceptar|rechaz|pubblicit|fornitori|\bdati\b|accett|rifiut|"
    r"toestemming|advertent|gegevens|akkoord|parceiros|dados|aceit|recus|zgod|reklam|partner|prywatno|"
    r"samtyck|annons|integritet|samtykke|annonse|персональн|реклам|同意|隐私|プライバシー|agree|options|manage|settings|"
    r"impressum|imprint|terms|continue",
    re.IGNORECASE,
)


def consent_of(sight: Sight) -> Ending | None:
    """Return the ending of an answer that is a consent wall, or None."""
    shown = why_redirected(sight) or why_form(sight)
    if not shown:
        return None
    maker = next((name for name, pattern in MAKERS.items() if pattern.search(sight.markup)), "")
    by = f", made with {maker}" if maker else ""
    return ending(Verdict.CONSENT_WALL, f"a consent page stood in the way: {shown}{by}", CauseKind.CONSENT, maker)


def why_redirected(sight: Sight) -> str:
    """Say where a redirect led, if that is where consent is asked for."""
    if not sight.is_redirected or address(sight.asked) == address(sight.url):
        return ""
    is_host = bool(CONSENT_HOST.search(host_of(sight.url))) and host_of(sight.url) != host_of(sight.asked)
    is_path = bool(CONSENT_PATH.search(path_of(sight.url))) and not CONSENT_PATH.search(path_of(sight.asked))
    if is_host or (is_path and not sight.is_declared and sight.main_words < MOST_WORDS):
        return f"it redirects to {sight.url}"
    return ""


def why_form(sight: Sight) -> str:
    """Say what shows that the page is a consent form and no more."""
    if sight.is_declared or sight.words >= MOST_WORDS or is_about_else(sight.heading):
        return ""
    spoken, accept = ADDRESS_TO_VISITOR.search(sight.text), ACCEPT.search(sight.text)
    if not spoken or not accept:
        return ""
    other = words_beside(sight.main_text)
    if other >= MOST_OTHER_WORDS or 2 * other > sight.main_words:
        return ""
    return f"text {quoted(spoken[0])}, button {quoted(accept[0])}, and {other} words about anything else"


def is_about_else(heading: str) -> bool:
    """Whether a page has a heading, and that is none of a consent form."""
    return bool(heading) and not ABOUT_CONSENT.search(heading) and not ADDRESS_TO_VISITOR.search(heading)


def words_beside(text: str) -> int:
    """Return how many words of a text stand in lines that do not speak of consent."""
    return sum(count_words(line) for line in text.split("\n") if not ABOUT_CONSENT.search(line))
