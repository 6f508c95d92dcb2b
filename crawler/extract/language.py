"""The language of an article as a BCP 47 tag. Guessed from the text only where the page does not say."""

import re

from py3langid.langid import classify

from crawler.extract.article_node import article_node, page_node
from crawler.extract.clues import Clues

TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)
FEWEST_CHARACTERS = 60
GUESSED_CHARACTERS = 4000
NAMES = {
    "english": "en",
    "deutsch": "de",
    "german": "de",
    "français": "fr",
    "french": "fr",
    "spanish": "es",
    "español": "es",
}


def language_tag(text: str) -> str | None:
    """``en``, ``pt-BR``, ``zh-Hant-TW``; None for anything that is no language tag."""
    text = NAMES.get(text.strip().lower(), text.strip())
    found = TAG.fullmatch(text)
    if not found or found[1].lower() in ("und", "mul", "zxx", "xx"):
        return None
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    return "-".join(part for part in (found[1].lower(), script, region) if part)


def html_language(clues: Clues) -> str | None:
    root = clues.tree if clues.tree.tag == "html" else None
    tags = (root.get("lang"), root.get("xml:lang")) if root is not None else ()
    return next((tag for value in tags if (tag := language_tag(value or ""))), None)


def jsonld_language(clues: Clues) -> str | None:
    nodes = [node for node in (article_node(clues), page_node(clues)) if node]
    return next((tag for node in nodes if (tag := language_tag(clues.graph.text(node, "inLanguage")))), None)


def opengraph_language(clues: Clues) -> str | None:
    return language_tag(clues.first_meta("og:locale"))


def meta_language(clues: Clues) -> str | None:
    return language_tag(clues.first_meta("content-language", "language", "dc.language", "dcterms.language"))


def guessed_language(clues: Clues) -> str | None:
    """What py3langid takes the text for."""
    if len(clues.text) < FEWEST_CHARACTERS:
        return None
    return language_tag(str(classify(clues.text[:GUESSED_CHARACTERS])[0]))
