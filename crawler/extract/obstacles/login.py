"""Login walls: the site itself asks who we are. Not for paywalls, where the article's beginning is there."""

import re

from crawler.ending import Ending, ending
from crawler.extract.obstacles.sight import Sight, host_of, path_of, quoted
from storage.cause import CauseKind
from storage.verdict import Verdict

MOST_WORDS, MOST_WORDS_REDIRECTED = 120, 250
LOGIN_PATH = re.compile(
    r"(?:^|/)(?:log-?in|sign-?in|sign_in|sso|saml2?|oauth2?|authorize|authenticate|anmelden|connexion|se-connecter|"
    r"iniciar-sesion|accedi|inloggen|logowanie|entrar|wp-login\.php)(?:/|\.\w{2,5}$|$)"
)
LOGIN_HOST = re.compile(r"^(?:login|signin|sso|auth|accounts|idp)\.")
LOGIN_WORDS = re.compile(
    r"\b(?:log ?in|sign ?in|log ?on|anmelden|anmeldung|einloggen|se connecter|connectez-vous|connexion|identifiez-vous|"
    r"iniciar sesión|inicia sesión|inicie sesión|accedi|inloggen|logowanie|zaloguj|войти|вход|logga in|log ind|"
    r"logg inn|"
    r"giriş yap|entrar|faça login|iniciar sessão)\b|登录|登入|ログイン|로그인",
    re.IGNORECASE,
)


def login_of(sight: Sight) -> Ending | None:
    """Return the ending of an answer that asks for a login, or None."""
    shown = why_redirected(sight) or why_form(sight)
    if not shown:
        return None
    return ending(Verdict.BLOCKED, f"the site asks for a login: {shown}", CauseKind.LOGIN)


def why_redirected(sight: Sight) -> str:
    """Say where a redirect led, if that is a login."""
    if not sight.is_redirected or sight.is_declared or sight.main_words >= MOST_WORDS_REDIRECTED:
        return ""
    is_host = bool(LOGIN_HOST.match(host_of(sight.url))) and host_of(sight.url) != host_of(sight.asked)
    is_path = bool(LOGIN_PATH.search(path_of(sight.url))) and not LOGIN_PATH.search(path_of(sight.asked))
    return f"it redirects to {sight.url}" if is_host or is_path else ""


def why_form(sight: Sight) -> str:
    """Say what shows that the page is a login form and no more."""
    if not sight.has_password_field or sight.is_declared or sight.words >= MOST_WORDS:
        return ""
    for place, text in (("title", sight.title), ("heading", sight.heading), ("text", sight.text[:300])):
        found = LOGIN_WORDS.search(text)
        if found:
            said = text if place != "text" else found[0]
            return f"a password field, {place} {quoted(said)}, and {sight.words} words in all"
    return ""
