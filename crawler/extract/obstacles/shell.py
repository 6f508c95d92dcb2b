"""Pages that are empty until their scripts run. Not for running them."""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from crawler.ending import Ending, ending
from crawler.extract.clues import Clues
from crawler.extract.obstacles.sight import Sight, quoted
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from storage.cause import CauseKind
from storage.verdict import Verdict

MIN_WORDS, SHELL_WORDS = 10, 60
JAVASCRIPT = re.compile(
    r"(?:enable|requires?|activate|turn on|needs?|allow|without|use|aktivier|schalte|activ|habilit|abilit|ativ|"
    r"inschakel|"
    r"włącz|включ|slå på|etkinleştir|zapn|启用|啟用|开启|開啟)\w{0,6}.{0,40}java ?script|"
    r"java ?script.{0,60}(?:required|disabled|enable|turned off|aktivier|deaktiviert|benötigt|erforderlich|"
    r"activ|désactiv|"
    r"habilit|desactiv|necess|requis|abilit|disattiv|inschakel|uitgeschakeld|vereist|ativ|włącz|wyłącz|wymaga|"
    r"включ|отключ|"
    r"aktivera|aktiver|påkrævd|etkin|gerek|povol|启用|啟用|禁用|有効|無効|必要|활성화|사용)",
    re.IGNORECASE,
)
ROOT_IDS = (
    "root",
    "app",
    "__next",
    "__nuxt",
    "___gatsby",
    "svelte",
    "q-app",
    "react-root",
    "app-root",
    "main-app",
    "mount",
)
APP_ROOT = (
    "//div[" + " or ".join(f"@id='{name}'" for name in ROOT_IDS) + "][not(*[2])]"
    " | //app-root | //*[@ng-app or @data-ng-app or @ng-version or @data-reactroot or @data-server-rendered]"
)
# Elements a visitor sees without a word: such a page is not empty.
SEEN = (
    "//body//*[self::img or self::video or self::iframe or self::object or self::embed or self::canvas or self::frame]"
)
DATA_SCRIPT = re.compile(r"__NEXT_DATA__|__NUXT__|__NUXT_DATA__|__INITIAL_STATE__|__APOLLO_STATE__|__PRELOADED_STATE__")
LEAST_DATA_CHARACTERS = 2_000


def shell_of(clues: Clues, sight: Sight) -> Ending | None:
    """Return the ending of a page that is the shell of a JavaScript application, or None."""
    if sight.main_words >= SHELL_WORDS or not clues.scripts:
        return None
    shown = why_said(clues, sight) or why_empty(clues, sight)
    if not shown:
        return None
    reason = f"the page holds {sight.main_words} words of text and {shown}"
    data = data_script(clues.scripts)
    if data:
        reason += f"; its text may lie in the script {data}, as data"
        return ending(Verdict.NEEDS_JAVASCRIPT, reason, CauseKind.TEXT_IN_SCRIPT)
    return ending(Verdict.NEEDS_JAVASCRIPT, reason, CauseKind.EMPTY_SHELL)


def why_said(clues: Clues, sight: Sight) -> str:
    """Quote where the page says that it needs scripts, if it does."""
    notices = [clues.text]
    if sight.main_words < MIN_WORDS:  # a notice alone stands on many a page that is complete without scripts
        notices += [short_text(element) for element in clues.tree.iter("noscript")] + [sight.text[:1000]]
    notice = next((text for text in notices if JAVASCRIPT.search(text)), None)
    return f"says that it needs JavaScript: {notice[:120]!r}" if notice else ""


def why_empty(clues: Clues, sight: Sight) -> str:
    """Say what shows that there is nothing but scripts."""
    if sight.main_words >= MIN_WORDS or sight.words >= SHELL_WORDS:
        return ""
    root = next(iter(elements_at(clues.tree, APP_ROOT)), None)
    if root is not None:
        name = root.get("id") or str(root.tag)
        return f"the empty root of a JavaScript application ({quoted(name)})"
    if sight.words == 0 and not elements_at(clues.tree, SEEN):
        return f"nothing but {len(clues.scripts)} scripts"
    return ""


def data_script(scripts: Iterable[_Element]) -> str:
    """Return the name of the script that holds an application's data, if there is much of it."""
    for script in scripts:
        text = script.text or ""
        found = DATA_SCRIPT.search(f"{script.get('id') or ''} {text[:500]}")
        if found and len(text) >= LEAST_DATA_CHARACTERS:
            return found[0]
    return ""
