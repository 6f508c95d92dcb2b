"""Blocks of code: which they are, their language, and their text without line numbers and buttons."""

import re

from lxml.etree import _Element

GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|line-?numbers?|lineno|linenos|ln-num|copy-?(?:btn|button))(?:$|[\s_-])", re.IGNORECASE
)
CODE_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:?|highlight)[-:\s]\s*([\w+#.-]{1,20})", re.IGNORECASE
)
CODE_CLASS = re.compile(r"code|highlight|prism|hljs|lang", re.IGNORECASE)
NOT_LANGUAGES = frozenset({"none", "plaintext", "plain", "text", "default", "wrap", "lines"})
LINE_TAGS = frozenset({"div", "p", "li", "tr"})


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
