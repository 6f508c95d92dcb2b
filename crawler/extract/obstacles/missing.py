"""Soft 404s: an answer of HTTP 200 that says in words, or by where it leads, that the article is not there."""

import re

from crawler.ending import Ending, ending
from crawler.extract.obstacles.sight import Sight, host_of, path_of, quoted
from storage.cause import CauseKind
from storage.verdict import Verdict

# An error page often shows the latest articles below its sentence, so only the main text is counted.
MOST_MAIN_WORDS = 120
HOME_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php"})
ERROR_PATH = re.compile(
    r"(?:^|/)(?:404|410|error|errors|error-?404|404-error|not-?found|page-?not-?found|page_not_found|notfound)"
    r"(?:/|\.\w{2,5}$|$)"
)
# The home page of one language, which many a site serves at the root.
LANGUAGE_HOME = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?/?")
SEPARATORS = re.compile(r"\s*[|–—•·»«]\s*|\s+[-:]\s+|(?<=[a-z0-9])[:!.]\s+")
# A whole title, or a part of it between separators.
NOT_FOUND = re.compile(
    r"(?:(?:http )?(?:error|status|fehler|erreur|errore|fout|błąd|erro|ошибка|fel|feil|hata|エラー)? ?\(?404\)?"
    r"(?: ?[-:]? ?(?:error|page|fehler|not found|(?:page|file) not found|nicht gefunden|seite nicht gefunden|"
    r"página no encontrada|page (?:non trouvée|introuvable)|pagina non trovata|pagina niet gevonden))?|"
    r"(?:the |this |sorry,? |oops[.,!]? |we'?re sorry,? )*"
    r"(?:requested |that )?(?:page|article|story|post|content|url|file|document)"
    r"(?: (?:you (?:requested|are looking for)|you were looking for))?"
    r" ?(?:(?:was |is |could |can)?(?:not|n't)(?: be)? found|cannot be found|can(?:'|’)t be found|not available|"
    r"(?:is )?no longer available|(?:does not|doesn(?:'|’)t) exist|no longer exists|has (?:been )?(?:moved|"
    r"removed|deleted))|"
    r"not found|nothing (?:was )?found(?: here)?|page missing|"
    r"(?:die |diese |der |dieser )?(?:seite|artikel|beitrag|inhalt)(?: wurde)?(?: leider)? (?:nicht gefunden|"
    r"existiert nicht(?: mehr)?|"
    r"ist nicht (?:mehr )?verfügbar|nicht (?:mehr )?(?:vorhanden|verfügbar))|nicht gefunden|"
    r"(?:la |cette )?(?:page|article)(?: demandée?)? (?:non trouvée?|introuvable|n(?:'|’)existe (?:pas|plus)|"
    r"est introuvable)|"
    r"(?:la )?página (?:no (?:encontrada|existe|disponible)|que buscas no existe)|no encontrado|(?:artículo|"
    r"contenido) no (?:encontrado|disponible)|"
    r"(?:la )?pagina (?:non (?:trovata|esiste|disponibile))|articolo non trovato|"
    r"(?:deze )?pagina (?:niet gevonden|bestaat niet(?: meer)?)|"
    r"página não (?:encontrada|existe)|conteúdo não encontrado|"
    r"(?:ta )?stron[ay] nie (?:została znaleziona|istnieje)|nie znaleziono(?: strony)?|strona nieznaleziona|"
    r"страница не найдена|(?:такой )?страницы не существует|сидан(?:ие)? не найдено|"
    r"sidan (?:kunde inte hittas|hittades inte|finns inte)|siden (?:(?:ble|blev) ikke funnet|finnes ikke|"
    r"findes ikke|blev ikke fundet)|"
    r"sivua ei löyt(?:ynyt|y)|sayfa bulunamadı|stránka nenalezena|az oldal nem található|"
    r"页面(?:不存在|未找到|找不到了?)|找不到(?:页面|網頁|网页)|(?:该|此)?(?:文章|内容)(?:不存在|已(?:被)?删除)|404页面|"
    r"ページが(?:見つかりません|見つかりませんでした|ありません)|お探しのページは.{0,20}|페이지를 찾을 수 없습니다)",
    re.IGNORECASE,
)


def missing_of(sight: Sight) -> Ending | None:
    """Return the ending of an answer that is a soft 404, or None."""
    shown = why_redirected(sight) or why_said(sight)
    if not shown:
        return None
    status = sight.status or 200
    return ending(Verdict.GONE, f"the server answers {status}, but {shown}", CauseKind.SOFT_NOT_FOUND)


def why_redirected(sight: Sight) -> str:
    """Say where the URL of an article led, if that is no article's place."""
    if not sight.is_redirected:
        return ""
    asked, found = path_of(sight.asked), path_of(sight.url)
    is_home = found in HOME_PATHS and "?" not in sight.url and host_of(sight.asked) == host_of(sight.url)
    if is_home and asked not in HOME_PATHS and not LANGUAGE_HOME.fullmatch(asked):
        return f"redirects to the site's home page, {sight.url}"
    is_error = ERROR_PATH.search(found) and not ERROR_PATH.search(asked) and not sight.is_declared
    if is_error and sight.main_words < 2 * MOST_MAIN_WORDS:
        return f"redirects to {sight.url}"
    return ""


def why_said(sight: Sight) -> str:
    """Say where the page says that it is not there."""
    if sight.is_declared or sight.main_words >= MOST_MAIN_WORDS:
        return ""
    for place, text in (("title", sight.title), ("heading", sight.heading)):
        if any(NOT_FOUND.fullmatch(part.strip(" .!…")) for part in (text, *SEPARATORS.split(text))):
            return f"its {place} says {quoted(text)}, above {sight.main_words} words"
    return ""
