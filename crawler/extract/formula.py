"""The TeX of a formula, wherever a page hides it. Source: what MathJax, KaTeX, MediaWiki and Temml write."""

import re
from urllib.parse import unquote

from lxml.etree import _Element

from crawler.extract.mathml import tex_of_mathml
from crawler.extract.query import elements_at

WRAPPERS = re.compile(
    r"(?:^|\s)(?:katex|katex-display|mathjax(?:_display|_preview)?|mjx-chtml|mwe-math-element|math-tex|hurmet-tex|temml|ltx_math\S*)(?:\s|$)",
    re.IGNORECASE,
)
DISPLAY = re.compile(
    r"(?:^|\s)(?:katex-display|mathjax_display|ltx_equation|mwe-math-element-block|tml-display)(?:\s|$)", re.IGNORECASE
)
STATING = ("data-latex", "data-tex", "data-math", "data-expr", "data-entry")
ANNOTATION = ".//annotation[contains(@encoding, 'tex')]"
COMMAND = re.compile(r"\\[a-zA-Z]{2,}")
STATED_WITHIN = ".//*[@alttext or @data-latex or @data-tex] | .//script[starts-with(@type, 'math/tex')] | .//img[@alt]"
IMAGE_CLASS = re.compile(r"(?:^|[\s_-])(?:tex|latex|math)", re.IGNORECASE)
IMAGE_SOURCE = re.compile(
    r"codecogs\.com/|[?&]tex=|[?&]latex=|[?&]cht=tx&|/cgi-bin/mathtex|wikimedia\.org/api/rest_v1/media/math|"
    r"%5c[a-z]{2,}(?:%7b|\{)",
    re.IGNORECASE,
)
DISPLAY_STYLE = re.compile(r"^\{?\s*\\displaystyle\s*(.*?)\s*\}?$", re.DOTALL)
DELIMITERS = re.compile(r"^(?:\$\$|\$|\\\(|\\\[)\s*(.*?)\s*(?:\$\$|\$|\\\)|\\\])$", re.DOTALL)
MAX_CHARACTERS = 1900


def formula_of(element: _Element) -> str | None:
    """Return the formula that an element is, between ``\\(`` and ``\\)`` or ``\\[`` and ``\\]``; None if it is none."""
    if not is_formula(element):
        return None
    tex = bare_tex(tex_of(element))
    if not tex or len(tex) > MAX_CHARACTERS:
        return None
    return f"\\[{tex}\\]" if is_display(element) else f"\\({tex}\\)"


def is_formula(element: _Element) -> bool:
    """Whether an element is mathematics as a whole."""
    tag = element.tag
    if tag == "math" or tag == "mjx-container":
        return True
    if tag == "script":
        return (element.get("type") or "").startswith("math/tex")
    if tag == "img":
        marks = element.get("class") or ""
        alt = element.get("alt") or ""
        return (
            bool(IMAGE_SOURCE.search(element.get("src") or ""))
            or bool(alt and IMAGE_CLASS.search(marks))
            or is_tex(alt)
        )
    names = element.keys()
    if not names:
        return False
    return bool(WRAPPERS.search(element.get("class") or "")) or any(name in names for name in STATING)


def is_tex(text: str) -> bool:
    """Whether what stands for a picture is TeX: it has commands, and their arguments."""
    return len(COMMAND.findall(text)) >= 1 and "{" in text and text.count("{") == text.count("}")


def tex_of(element: _Element) -> str:
    """Return the TeX that an element, or what lies in it, states; else that of its MathML."""
    if element.tag == "script":
        return element.text or ""
    stated = next((value for name in (*STATING, "alttext") if (value := element.get(name))), "")
    if element.tag == "img":
        return stated or image_tex(element)
    annotation = next(iter(elements_at(element, ANNOTATION)), None)
    if annotation is not None:
        return "".join(map(str, annotation.itertext()))
    inner = (tex for other in elements_at(element, STATED_WITHIN) if (tex := tex_of(other)))
    return stated or next(inner, "") or mathml_tex(element)


def image_tex(image: _Element) -> str:
    """Return the TeX of a formula's picture: what stands for it, or what its address asks a service for."""
    path, _, query = (image.get("src") or "").partition("?")
    named = re.search(r"(?:^|&)(?:tex|latex|chl)=([^&]+)", query)
    return image.get("alt") or unquote(named[1] if named else query or path.rpartition("/")[2])


def mathml_tex(element: _Element) -> str:
    """Return the TeX of the MathML that an element is or holds, MathJax's own elements for it among it."""
    path = "descendant-or-self::math | descendant-or-self::mjx-math"
    return next((tex_of_mathml(math) for math in elements_at(element, path)), "")


def bare_tex(tex: str) -> str:
    """Return TeX on one line without delimiters and without the display style that is written for the whole of it."""
    tex = " ".join(tex.split())
    delimited = DELIMITERS.match(tex)
    tex = delimited[1] if delimited else tex
    styled = DISPLAY_STYLE.match(tex)
    return styled[1].strip() if styled and tex.startswith("{") and tex.endswith("}") else tex


def is_display(element: _Element) -> bool:
    """Whether a formula stands on a line of its own."""
    marks = f"{element.get('class') or ''} {element.get('display') or ''} {element.get('type') or ''}"
    if (
        DISPLAY.search(marks)
        or "block" in (element.get("display"),)
        or "mode=display" in marks
        or element.get("display") == "true"
    ):
        return True
    return bool(elements_at(element, ".//math[@display='block']"))
