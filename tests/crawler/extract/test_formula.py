"""TeX, wherever pages hide it."""

import pytest
from lxml import html

from crawler.extract.formula import formula_of

MATHML = "<math>{}</math>"


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        ('<script type="math/tex">a^2</script>', r"\(a^2\)"),
        ('<script type="math/tex; mode=display">a^2</script>', r"\[a^2\]"),
        (
            '<span class="katex"><math><annotation encoding="application/x-tex">x_1</annotation></math></span>',
            r"\(x_1\)",
        ),
        (
            '<span class="katex-display"><math><annotation encoding="application/x-tex">x</annotation></math></span>',
            r"\[x\]",
        ),
        (r'<math alttext="{\displaystyle E=mc^{2}}"></math>', r"\(E=mc^{2}\)"),
        (r'<img class="mwe-math-fallback-image-inline" alt="{\displaystyle \pi }">', r"\(\pi\)"),
        (r'<span data-math="\alpha">a</span>', r"\(\alpha\)"),
        (r'<img src="https://latex.example.org/x.svg" alt="\frac{a}{b}">', r"\(\frac{a}{b}\)"),
        ('<img src="https://latex.codecogs.com/svg.latex?tex=a%5E2">', r"\(a^2\)"),
        ('<math display="block"><mi>x</mi></math>', r"\[x\]"),
        ("<span>x</span>", None),
        ('<img src="/a.png" alt="A view">', None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_a_formula_is_known_by_what_it_is(markup: str, formula: str | None) -> None:
    assert formula_of(html.fragment_fromstring(markup)) == formula


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<mfrac><mi>a</mi><mn>2</mn></mfrac>", r"\frac{a}{2}"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mi>i</mi></msub>", "x^2+y_i"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", r"\sqrt{x+1}"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            r"\sum_{i=1}^ni",
        ),
        ("<mover><mi>F</mi><mo>→</mo></mover>", r"\vec{F}"),
        ("<mi>α</mi><mo>≤</mo><mi>sin</mi><mi>θ</mi>", r"\alpha \leq \sin \theta"),
        ("<mtext>if</mtext><mi mathvariant='double-struck'>R</mi>", r"\text{if}\mathbb{R}"),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable>",
            r"\begin{matrix}a&b\\c&d\end{matrix}",
        ),
    ],
)
def test_mathml_without_tex_is_put_into_tex(mathml: str, tex: str) -> None:
    assert formula_of(html.fragment_fromstring(MATHML.format(mathml))) == rf"\({tex}\)"


def test_mathml_that_is_nested_without_end_is_read_to_its_limit() -> None:
    deep = "<mrow>" * 150 + "<mi>x</mi>" + "</mrow>" * 150
    assert formula_of(html.fragment_fromstring(MATHML.format(f"<mi>a</mi>{deep}"))) == r"\(a\)"
