"""A plain text read back into the neutral record: which line is a heading, which a paragraph. Not for writing one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from storage.article import Article
from storage.formats.characters import one_line
from storage.formats.errors import UnreadableFile
from storage.formats.text_layout import Group, lay_out

LONGEST_HEADING = 90
CLOSING = re.compile("[.!?:;,…。！？：；，、]['\"”’»)\\]]*$")
LIST_ITEM = re.compile(r"(?:[-*+•–]|\d+[.)])\s")
# What Markdown would take for a mark: anywhere, or at the beginning of a line.
SPECIAL = re.compile(r"[\\`*_\[\]<>&~$]")
LINE_START = re.compile(r"\d{1,9}(?=[.)])|(?=[#+=-])")


def read_text(text: str, *, path: str) -> Article:
    """Return the article of a text: its first line is the title; it has neither address nor date.

    Raises:
        UnreadableFile: it is empty.
    """
    groups = list(groups_in(text))
    if not groups:
        raise UnreadableFile(path, line=1, why="it is empty; a text begins with its title")
    title, *rest = groups
    if title.lines[1:]:
        rest.insert(0, Group(gap=1, lines=title.lines[1:]))
    article = Article(
        url="",
        title=one_line(title.lines[0]),
        body="\n\n".join(markdown_blocks_of(rest)),
        text="\n\n".join("\n".join(group.lines) for group in rest),
    )
    if lay_out(article) == text:
        return article
    kept = [{"gap": group.gap, "lines": list(group.lines)} for group in rest]
    ending = len(text) - len(text.rstrip("\n"))
    return replace(article, extra={"text": {"groups": kept, "ending": ending}})


def groups_in(text: str) -> Iterator[Group]:
    """Yield the groups of lines, each with the line breaks before it; a line of white space alone is empty."""
    gap = 0
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
            continue
        if lines:
            yield Group(gap, tuple(lines))
            lines, gap = [], 1
        gap += 1
    if lines:
        yield Group(gap, tuple(lines))


def markdown_blocks_of(groups: Iterable[Group]) -> Iterator[str]:
    """Yield each group as Markdown: headings with their mark, lines of one group with hard breaks between them."""
    for group, after in pairwise([*groups, None]):
        lines = "\\\n".join(escaped(line) for line in group.lines) if group else ""
        yield f"## {lines}" if group and is_heading(group, after=after) else lines


def is_heading(group: Group, *, after: Group | None) -> bool:
    """Whether a group is a short line without closing punctuation, before one that is no such line."""
    return is_short(group) and after is not None and not is_short(after)


def is_short(group: Group) -> bool:
    """Whether a group is a single line that may be a heading."""
    line = group.lines[0].strip()
    is_single = len(group.lines) == 1 and len(line) <= LONGEST_HEADING
    return is_single and not CLOSING.search(line) and not LIST_ITEM.match(line)


def escaped(line: str) -> str:
    """Return a line of plain text as Markdown that says the same."""
    line = SPECIAL.sub(r"\\\g<0>", line.strip())
    return LINE_START.sub(r"\g<0>\\", line, count=1) if LINE_START.match(line) else line
