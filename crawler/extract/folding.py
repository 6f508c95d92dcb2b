"""What is hidden until a reader opens it: tabs, sections of an accordion, a text cut short. It is text all the same."""

import re

from lxml.etree import _Element

FOLDED = re.compile(
    r"(?:^|[\s_-])(?:tabs?|tabpanel|tabcontent|panel|accordion|collaps\w*|expand\w*|toggle\w*|faq|answer|spoiler|details?|"
    r"description|content|specs?|more|read-?more|full)(?:$|[\s_-])",
    re.IGNORECASE,
)
CONTROLS = ("a", "button", "div", "li", "h2", "h3", "h4", "span", "summary", "label")
NAMING = ("aria-controls", "data-target", "data-bs-target")


def is_folded(element: _Element, revealed: frozenset[str]) -> bool:
    """Whether an element is shown at a click. revealed: see revealed_names."""
    if element.get("role") == "tabpanel" or element.get("id") in revealed:
        return True
    return FOLDED.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def revealed_names(element: _Element) -> frozenset[str]:
    """Return the ids of what the controls of an element's page show and hide, or lead to."""
    found: set[str] = set()
    for control in element.getroottree().getroot().iter(*CONTROLS):
        named = next((value for name in NAMING if (value := control.get(name))), "")
        found.update(name.lstrip("#") for name in named.split())
        href = control.get("href") or ""
        if href.startswith("#"):
            found.add(href[1:])
    return frozenset(found)
