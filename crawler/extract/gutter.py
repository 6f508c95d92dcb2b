"""What stands beside code and is none: line numbers, prompts that cannot be copied, buttons, tooltips."""

import re

from lxml.etree import _Element

GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|line-?numbers?|lineno|linenos|ln-num(?:bers?)?|blob-num|copy-?(?:btn|button))(?:$|[\s_-])|"
    r"(?:^|\s)(?:ln|lnt|lno)(?:$|\s)",
    re.IGNORECASE,
)
TOOLTIP = re.compile(
    r"(?:^|[\s_-])(?:tooltip|hover-info|hover-container__content|twoslash-(?:hover|popup)[\w-]*)(?:$|\s)", re.IGNORECASE
)
UNSELECTABLE = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
LONGEST_PROMPT, LONGEST_NUMBER = 8, 5


def is_gutter(element: _Element) -> bool:
    """Whether an element says of itself that it holds line numbers or a copy button."""
    marks = element.get("class")
    return (marks is not None and GUTTER.search(marks) is not None) or element.tag == "button"


def is_beside_code(element: _Element) -> bool:
    """Whether an element within a block of code is none of it."""
    if is_gutter(element) or TOOLTIP.search(element.get("class") or ""):
        return True
    if not UNSELECTABLE.search(element.get("style") or ""):
        return False
    return len("".join(map(str, element.itertext())).strip()) <= LONGEST_PROMPT


def running_numbers(block: _Element) -> set[_Element]:
    """Return the elements that number the lines of a block by what they say: 1, 2, 3, each the first of its line."""
    groups: dict[_Element, list[_Element]] = {}
    for element in block.iterdescendants("*"):
        parent = element.getparent()
        if parent is None or parent is block or not is_number(element) or not is_first(element, parent):
            continue
        holder = parent.getparent()
        if holder is not None:
            groups.setdefault(holder, []).append(element)
    return {element for group in groups.values() if counts_up(group) for element in group}


def is_number(element: _Element) -> bool:
    """Whether an element holds a number and nothing else."""
    text = (element.text or "").strip()
    return not len(element) and len(text) <= LONGEST_NUMBER and text.isascii() and text.isdecimal()


def is_first(element: _Element, parent: _Element) -> bool:
    """Whether an element is the first thing that its parent holds."""
    return parent[0] is element and not (parent.text or "").strip()


def counts_up(numbers: list[_Element]) -> bool:
    """Whether numbers follow each other, at least two of them, and one of them has something beside it."""
    values = [int(element.text or "0") for element in numbers]
    if len(values) < 2 or values != list(range(values[0], values[0] + len(values))):
        return False
    return any((element.tail or "").strip() or element.getnext() is not None for element in numbers)


def is_column_of_numbers(text: str) -> bool:
    """Whether a text is line numbers alone, one below the other."""
    lines = text.split()
    return (
        bool(lines)
        and all(line.isascii() and line.isdecimal() and len(line) <= LONGEST_NUMBER for line in lines)
        and ([int(line) for line in lines] == list(range(int(lines[0]), int(lines[0]) + len(lines))))
    )
