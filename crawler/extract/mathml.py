"""TeX of MathML, for pages that state their formulas in no other way. Presentation MathML as browsers read it."""

import unicodedata

from lxml.etree import _Element

from crawler.extract.mathtable import fenced, table, untagged

OPERATORS = {
    "−": "-", "×": r"\times ", "÷": r"\div ", "·": r"\cdot ", "⋅": r"\cdot ", "±": r"\pm ", "∓": r"\mp ", "≤": r"\leq ",
    "≥": r"\geq ", "≠": r"\neq ", "≈": r"\approx ", "≡": r"\equiv ", "∼": r"\sim ", "∝": r"\propto ", "∞": r"\infty ",
    "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "∮": r"\oint ", "∂": r"\partial ", "∇": r"\nabla ", "√": r"\surd ",
    "∈": r"\in ", "∉": r"\notin ", "⊂": r"\subset ", "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ",
    "∅": r"\emptyset ",
    "∀": r"\forall ", "∃": r"\exists ", "¬": r"\neg ", "∧": r"\land ", "∨": r"\lor ", "→": r"\to ", "←": r"\leftarrow ",
    "⇒": r"\Rightarrow ", "⇐": r"\Leftarrow ", "⇔": r"\Leftrightarrow ", "↔": r"\leftrightarrow ", "↦": r"\mapsto ",
    "…": r"\ldots ", "⋯": r"\cdots ", "⋆": r"\star ", "∗": "*", "∘": r"\circ ", "⟨": r"\langle ", "⟩": r"\rangle ",
    "‖": r"\|", "′": "'", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "\u2061": "", "\u2062": "",
    "\u2063": ",",
    "\u2064": "+",
}  # fmt: skip
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ϵ": "epsilon", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "ϕ": "phi", "φ": "varphi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "ℓ": "ell", "ℏ": "hbar",
}  # fmt: skip
FUNCTIONS = frozenset(
    {
        "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "csc", "deg", "det", "dim", "exp", "gcd", "inf",
        "ker",
        "lim", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh",
    }
)  # fmt: skip
ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "∼": "tilde", "→": "vec", "⃗": "vec", "¯": "bar", "‾": "bar",
    "_": "bar", "―": "bar", "˙": "dot", "\u0307": "dot", ".": "dot", "¨": "ddot", "\u0308": "ddot", "ˇ": "check",
    "˘": "breve", "´": "acute", "`": "grave", "⏞": "overbrace", "⏠": "overbrace", "\u0304": "bar", "\u0305": "bar",
}  # fmt: skip
STYLES = {"bold": "mathbf", "double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak", "normal": "mathrm"}
SKIPPED = frozenset({"annotation", "annotation-xml", "mspace", "mphantom", "none", "mprescripts", "malignmark"})
DEEPEST = 60


def tex_of_mathml(element: _Element, depth: int = 0) -> str:
    """Return the TeX of a MathML element; what lies too deep is left out."""
    tag = name_of(element)
    if tag in SKIPPED or depth > DEEPEST:
        return ""
    parts = [
        tex_of_mathml(child, depth + 1)
        for child in element
        if isinstance(child.tag, str) and name_of(child) not in SKIPPED
    ]
    if tag in SCRIPTS and len(parts) == SCRIPTS[tag].count("{"):
        return SCRIPTS[tag].format(*(braced(part) if n else part.strip() for n, part in enumerate(parts)))
    match tag:
        case "mi" | "mo" | "mn" | "mtext" | "ms":
            return token(element, tag)
        case "mfrac" | "mroot" | "msqrt" if len(parts) == 2 or tag == "msqrt":
            return fraction_or_root(tag, [part.strip() for part in parts])
        case "mover" | "munder" if len(parts) == 2:
            return over_or_under(parts, is_over=tag == "mover")
        case "munderover" if len(parts) == 3:
            return f"{parts[0].strip()}_{braced(parts[1])}^{braced(parts[2])}"
        case "mtable" | "mtr" | "mlabeledtr":
            return tabular(element, tag, parts)
        case "menclose" if "top" in (element.get("notation") or "").split():
            return rf"\overline{{{''.join(parts).strip()}}}"
        case "mfenced":
            inner = (element.get("separators") or ",")[:1].join(parts)
            return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    return fenced("".join(parts))


def fraction_or_root(tag: str, parts: list[str]) -> str:
    """Return a fraction, a square root or another root."""
    if tag == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    return rf"\frac{{{parts[0]}}}{{{parts[1]}}}" if tag == "mfrac" else rf"\sqrt[{parts[1]}]{{{parts[0]}}}"


def tabular(element: _Element, tag: str, parts: list[str]) -> str:
    """Return a table, or one row of it; the number of an equation as its tag."""
    if tag == "mtable":
        return table(element, parts)
    if tag == "mlabeledtr" and len(parts) > 1:
        return "&".join(part.strip() for part in parts[1:]) + rf"\tag{{{untagged(parts[0])}}}"
    return "&".join(part.strip() for part in parts)


SCRIPTS = {"msup": "{0}^{1}", "msub": "{0}_{1}", "msubsup": "{0}_{1}^{2}"}


def name_of(element: _Element) -> str:
    """Return an element's name without its namespace or prefix."""
    return str(element.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1].removeprefix("mjx-").lower()


def braced(tex: str) -> str:
    """Return TeX as one argument."""
    tex = tex.strip()
    return tex if len(tex) == 1 and tex.isalnum() else f"{{{tex}}}"


def token(element: _Element, tag: str) -> str:
    """Return the TeX of an identifier, operator, number or text."""
    text = unicodedata.normalize("NFKC", "".join(map(str, element.itertext())).strip())
    if tag in ("mtext", "ms"):
        return rf"\text{{{text}}}" if text else ""
    if text in FUNCTIONS:
        return f"\\{text} "
    style = STYLES.get(element.get("mathvariant") or "")
    style = "" if style == "mathrm" and text in GREEK else style
    style = "" if style == "mathrm" and text in GREEK else style
    inner = "".join(symbol(character) for character in text)
    if style and inner:
        return rf"\{style}{{{inner.strip()}}}"
    return rf"\operatorname{{{text}}}" if tag == "mi" and len(text) > 1 and text.isalpha() and text.isascii() else inner


def symbol(character: str) -> str:
    """Return the TeX of one character."""
    return f"\\{GREEK[character]} " if character in GREEK else OPERATORS.get(character, character)


def over_or_under(parts: list[str], *, is_over: bool) -> str:
    """Return an accent, or a limit above or below."""
    base, mark = (part.strip() for part in parts)
    back = next((character for character, tex in OPERATORS.items() if tex.strip() == mark), mark)
    accent = ACCENTS.get(mark) or ACCENTS.get(back)
    if is_over and accent:
        return rf"\{accent}{{{base}}}"
    if is_over:
        return f"{base}^{braced(mark)}" if base.startswith("\\") else rf"\overset{{{mark}}}{{{base}}}"
    return f"{base}_{braced(mark)}" if base.startswith("\\") else rf"\underset{{{mark}}}{{{base}}}"
