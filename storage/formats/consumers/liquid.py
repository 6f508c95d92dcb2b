"""Making the marks of Liquid and kramdown inert in a body that happens to hold some. Not for shortcodes."""

import re
from functools import cache

from markdown_it import MarkdownIt

# In a tag that ends a raw block; a hyphen trims white space.
END_OF_RAW = re.compile(r"\{%(?=-?\s*endraw\b)")
# What kramdown evaluates: {: .class onclick="..."}, {::comment}. Not what a code span holds.
CODE_OR_MARK = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\{(?=:)", re.DOTALL)


def in_raw(body: str) -> str:
    """Return a body for a generator that knows no ``render_with_liquid: false``, such as Jekyll 3: in a raw block.

    Liquid ends it at the first ``endraw``, so those of the body are put together from a text of their own.
    """
    inner = END_OF_RAW.sub('{% endraw %}{{ "{%" }}{% raw %}', body)
    return f"{{% raw %}}\n{inner}{{% endraw %}}\n"


def without_kramdown_marks(body: str) -> str:
    """Return a body whose braces kramdown shows, escaped as CommonMark does too; code stays as it is."""
    if "{:" not in body:
        return body
    lines = body.split("\n")
    parts: list[str] = []
    prose: list[str] = []
    in_code = code_lines(body)
    for number, line in enumerate(lines):
        if number in in_code or not line.strip():
            parts += [*escaped(prose), line]
            prose = []
        else:
            prose.append(line)
    return "\n".join([*parts, *escaped(prose)])


def escaped(lines: list[str]) -> list[str]:
    """Return the lines of a paragraph, or none, with kramdown's marks escaped."""
    text = CODE_OR_MARK.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", "\n".join(lines))
    return text.split("\n") if lines else []


@cache
def parser() -> MarkdownIt:
    """Return a parser of blocks alone."""
    return MarkdownIt("commonmark", {"maxNesting": 100}).disable("inline")


def code_lines(body: str) -> set[int]:
    """Return the numbers of the lines, from 0, that are fenced or indented code."""
    blocks = [token.map for token in parser().parse(body) if token.type in ("fence", "code_block") and token.map]
    return {number for first, end in blocks for number in range(first, end)}
