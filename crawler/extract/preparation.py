"""Readies a page's tree for the choice of its text: absolute links, and code blocks that survive it."""

import re
from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

from crawler.extract.structured import urljoin_safely
from crawler.extract.wording import xml_safe

FRAME_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "form",
    "iframe",
    "svg",
    "button",
    "input",
    "select",
    "textarea",
)
GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|line-?numbers?|lineno|linenos|ln-num|copy-?(?:btn|button))(?:$|[\s_-])", re.IGNORECASE
)
CODE_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:?|highlight)[-:\s]\s*([\w+#.-]{1,20})", re.IGNORECASE
)
CODE_CLASS = re.compile(r"code|highlight|prism|hljs|lang", re.IGNORECASE)
NOT_LANGUAGES = frozenset({"none", "plaintext", "plain", "text", "default", "wrap", "lines"})
LINE_TAGS = frozenset({"div", "p", "li", "tr"})


def prepare(tree: _Element, *, base: str) -> Mapping[str, str]:
    """Make links absolute and turn every code block into one element with nothing but its text.

    Returns the languages of code blocks by their text: no attribute survives the choice of the main text.
    """
    languages: dict[str, str] = {}
    for element in tree.iter("a"):
        href = (element.get("href") or "").strip()
        if href:
            element.set("href", xml_safe(urljoin_safely(base, href)))
    for element in list(tree.iter("pre")):
        if is_code(element):
            language, text = code_language(element), simplify_code(element)
            languages |= {code_key(text): language} if language else {}
    return languages


def name_languages(content: _Element, languages: Mapping[str, str]) -> None:
    """Give the code blocks of a main text their languages back, as a class, on a ``code`` within as HTML has it."""
    for element in list(content.iter("pre")):
        text = "".join(map(str, element.itertext()))
        language = languages.get(code_key(text))
        if language:
            tail = element.tail
            element.clear()
            element.tail = tail
            element.set("class", f"language-{language}")
            etree.SubElement(element, "code", {"class": f"language-{language}"}).text = text


def code_key(text: str) -> str:
    return " ".join(text.split())[:200]


def is_code(pre: _Element) -> bool:
    """Whether a pre is code, not a poem or e-mail that was set with line breaks; inner pres are left alone."""
    if next(pre.iterancestors("pre"), None) is not None:
        return False
    if next(pre.iterdescendants("pre", "p", "img"), None) is not None:
        return False
    parent = pre.getparent()
    wrapper = parent.get("class") or "" if parent is not None else ""
    is_marked = next(pre.iterdescendants("code", "span"), None) is not None
    return (
        is_marked or bool(CODE_CLASS.search(f"{pre.get('class') or ''} {wrapper}")) or looks_like_code(pre.text or "")
    )


def looks_like_code(text: str) -> bool:
    return sum(text.count(mark) for mark in "{}();=<>$#\\") * 40 >= len(text)


def simplify_code(pre: _Element) -> str:
    """Replace what is in a code block by a single span with its text, which trafilatura keeps; return that text."""
    text = xml_safe(code_text(pre).strip("\n"))
    tail, pre.tail = pre.tail, None
    pre.clear()
    pre.tail = tail
    span = etree.SubElement(pre, "span")
    span.text = text
    return text


def code_language(pre: _Element) -> str:
    """The language that a class or data-lang of the block, its code or its wrappers names."""
    wrappers = [parent for parent, _ in zip(pre.iterancestors(), range(3), strict=False)]
    for element in (pre, *pre.iterdescendants("code"), *wrappers):
        named = element.get("data-lang") or element.get("data-language") or ""
        found = CODE_LANGUAGE.search(element.get("class") or "")
        name = (named or (found[1] if found else "")).lower()
        if name and name not in NOT_LANGUAGES and re.fullmatch(r"[\w+#.-]{1,20}", name):
            return name
    return ""


def code_text(pre: _Element) -> str:
    """The code, with a line end for each br and line element that has none of its own, without line numbers."""
    parts: list[str] = []
    add_code(pre, parts)
    return "".join(parts)


def add_code(element: _Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif isinstance(child.tag, str) and not is_gutter(child):
            if child.tag in LINE_TAGS and parts and not "".join(parts[-3:]).endswith("\n"):
                parts.append("\n")
            add_code(child, parts)
        parts.append(child.tail or "")


def is_gutter(element: _Element) -> bool:
    """Whether an element holds line numbers or a copy button."""
    return bool(GUTTER.search(element.get("class") or "")) or element.tag == "button"
