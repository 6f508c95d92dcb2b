"""Tables of MathML: matrices with their fences, cases, lines of equations that are set below each other."""

import re

from lxml.etree import _Element

FENCED = re.compile(
    r"(?:\(|\[|\\\{|\|)\s*\\begin\{matrix\}(?:(?!\\begin).)*?\\end\{matrix\}\s*(?:\)|\]|\\\}|\|)|"
    r"\\\{\s*\\begin\{(?:matrix|aligned)\}(?:(?!\\begin).)*?\\end\{(?:matrix|aligned)\}\s*$",
    re.DOTALL,
)
INNER = re.compile(r"\\begin\{\w+\}(.*)\\end\{\w+\}", re.DOTALL)
FENCES = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix"}


def table(element: _Element, rows: list[str]) -> str:
    """Return a table of equations as aligned, one equation with its number as it is, any other as a matrix."""
    if len(rows) == 1 and r"\tag{" in rows[0]:
        return rows[0]
    is_aligned = element.get("columnalign") is not None or element.get("displaystyle") == "true"
    name = "aligned" if is_aligned and len(rows) > 1 else "matrix"
    return rf"\begin{{{name}}}{(chr(92) * 2).join(rows)}\end{{{name}}}"


def untagged(tex: str) -> str:
    """Return the number of an equation without its brackets, which TeX writes itself."""
    inner = re.sub(r"\\text\{([()]*)([^{}]*?)([()]*)\}", r"\2", tex).strip()
    return inner.removeprefix("(").removesuffix(")")


def fenced(tex: str) -> str:
    """Return TeX whose matrices between fences are those of TeX, and whose open braces are cases."""
    if r"\begin{" not in tex:
        return tex
    return FENCED.sub(rename_fenced, tex)


def rename_fenced(found: re.Match[str]) -> str:
    """Return one matrix under the name that has its fences."""
    inner, name = INNER.search(found[0]), FENCES.get(found[0][0], "Bmatrix")
    if (
        not found[0].rstrip().endswith((")", "]", "|", "}"))
        or found[0].rstrip().endswith(r"\end{matrix}")
        or "{aligned}" in found[0]
    ):
        name = "cases"
    return rf"\begin{{{name}}}{inner[1] if inner else ''}\end{{{name}}}"
