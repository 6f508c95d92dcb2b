"""Markdown (CommonMark with GitHub's tables) of a content tree. Not for choosing what belongs to it."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from crawler.extract.plaintext import BLOCKS, all_text

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "rt", "rp", "head"})
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "del": "~~", "s": "~~", "strike": "~~"}
HTML_MARKS = frozenset({"sub", "sup", "u", "kbd", "mark"})
SPECIAL = re.compile(r"([\\`*\[\]<])|(?<!\w)(_)|(_)(?!\w)|(~~)")
BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:\d{1,9}(?=[.)](?:\s|$)))|={3,}$|-{3,}$)", re.MULTILINE)
UNSAFE_URL = re.compile(r"[\s<>()]")
MATH = re.compile(
    r"(\\\((?:(?!\\\().){1,2000}?\\\)|\\\[(?:(?!\\\[).){1,2000}?\\\]|\$\$[^$]{1,2000}\$\$|(?<![\w$])\$(?=[^$]*[\\^_])[^$\s][^$]{0,300}\$(?!\w))"
)
LANGUAGE = re.compile(r"[\w+#.-]*")
WHITE_SPACE = re.compile(r"\s+")
LINE_BREAK = "\\\n"
MOST_PADDED = 20_000  # cells; a row that is longer than its table's others by far would make as many of each


def write_markdown(content: _Element) -> str:
    """Return the Markdown of a content tree, without an end-of-line at the end."""
    return "\n\n".join(blocks_of(content))


def blocks_of(container: _Element) -> Iterator[str]:
    """The Markdown of each block within a container; text between blocks becomes a paragraph."""
    run = [escape(container.text or "")]
    for child in container:
        if is_block(child):
            yield from paragraph(run)
            run = []
            yield from block(child)
        elif isinstance(child.tag, str):
            run.append(inline(child))
        run.append(escape(child.tail or ""))
    yield from paragraph(run)


def is_block(element: _Element) -> bool:
    """Whether an element is a block, or an inline element with a block inside."""
    if element.tag in BLOCKS or element.tag == "figcaption":
        return True
    return element.tag in ("a", "span", "font", "center") and next(element.iterdescendants(*BLOCKS), None) is not None


def block(element: _Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag in HEADINGS:
        text = squeeze(inline_children(element)).replace(LINE_BREAK, " ")
        yield from [f"{'#' * int(tag[1])} {text}"] if text else []
    elif tag == "pre":
        yield fence(element)
    elif tag in ("ul", "ol"):
        yield from write_list(element)
    elif tag == "blockquote":
        yield from quoted(element)
    elif tag == "table":
        yield from write_table(element)
    elif tag == "hr":
        yield "---"
    elif tag == "dt":
        yield from (f"**{text}**" for text in paragraph([inline_children(element)]))
    elif tag == "figcaption":
        yield from (f"*{text}*" for text in paragraph([escape(" ".join(all_text(element).split()))]))
    else:
        yield from blocks_of(element)


def paragraph(run: list[str]) -> Iterator[str]:
    """A run of inline text as a paragraph, unless it is empty."""
    text = squeeze("".join(run))
    if text:
        yield BLOCK_START.sub(escape_start, text)


def escape_start(found: re.Match[str]) -> str:
    """The first character that would begin a heading, list or quote, escaped; of a number, its dot."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def squeeze(text: str) -> str:
    """White space collapsed, line breaks kept, none at either end."""
    lines = (" ".join(line.split()) for line in text.split(LINE_BREAK))
    return LINE_BREAK.join(line for line in lines if line)


def escape(text: str) -> str:
    """Text with the characters that mean something in Markdown escaped, and its white space made spaces."""
    text = WHITE_SPACE.sub(" ", text)
    if "\\" not in text and "$" not in text:
        return escape_prose(text)
    parts = MATH.split(text)
    parts[::2] = map(escape_prose, parts[::2])
    parts[1::2] = map(dollars, parts[1::2])
    return "".join(parts)


def escape_prose(text: str) -> str:
    return SPECIAL.sub(lambda found: "".join("\\" + c for c in found[0]), text)


def dollars(formula: str) -> str:
    """A formula between dollar signs, whatever it stood between."""
    if formula.startswith("$"):
        return formula
    marks = "$$" if formula.startswith("\\[") else "$"
    return f"{marks}{formula[2:-2].strip()}{marks}"


def inline(element: _Element) -> str:
    """The Markdown of an inline element, without its tail."""
    tag = str(element.tag)
    if tag in SILENT or not isinstance(element.tag, str):
        return ""
    if tag == "br":
        return LINE_BREAK
    if tag == "img":
        return image(element)
    if tag in ("code", "tt", "samp"):
        return code_span(" ".join(all_text(element).split()))
    text = inline_children(element)
    if tag == "a":
        return link(element, text)
    if tag in MARKS:
        return wrapped(text, MARKS[tag], MARKS[tag])
    return wrapped(text, f"<{tag}>", f"</{tag}>") if tag in HTML_MARKS else text


def inline_children(element: _Element) -> str:
    parts = [escape(element.text or "")]
    for child in element:
        parts += [inline(child), " " if child.tag in BLOCKS else "", escape(child.tail or "")]
    return "".join(parts)


def wrapped(text: str, opening: str, closing: str) -> str:
    """Text between two marks, white space outside them; nothing around nothing, nor around what is marked already."""
    inner = text.strip()
    if not inner or inner.startswith(opening) or LINE_BREAK in inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{opening}{inner}{closing}{text[start + len(inner) :]}"


def link(element: _Element, text: str) -> str:
    href, words = element.get("href") or "", squeeze(text).replace(LINE_BREAK, " ")
    if not href or not words or not href.startswith(("http://", "https://", "mailto:")):
        return text
    start, end = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{start}[{words}]({target(href)}){end}"


def image(element: _Element) -> str:
    source = element.get("src") or ""
    alt = escape(" ".join((element.get("alt") or "").split()))
    return f"![{alt}]({target(source)})" if source.startswith(("http://", "https://")) else ""


def target(url: str) -> str:
    """A link's target; in angle brackets where it holds white space or brackets."""
    if not UNSAFE_URL.search(url):
        return url
    return "<" + " ".join(url.split()).replace("<", "%3C").replace(">", "%3E") + ">"


def code_span(text: str) -> str:
    """Code within a line, between more backticks than it holds in a row."""
    if not text:
        return ""
    marks = "`" * (longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{pad}{text}{pad}{marks}"


def longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def fence(element: _Element) -> str:
    text = all_text(element).strip("\n")
    marks = "`" * max(3, longest_run(text) + 1)
    language = (element.get("class") or "").removeprefix("language-")
    return f"{marks}{language if LANGUAGE.fullmatch(language) else ''}\n{text}\n{marks}"


def quoted(element: _Element) -> Iterator[str]:
    text = "\n\n".join(blocks_of(element))
    if text:
        yield "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def write_list(element: _Element) -> Iterator[str]:
    """A tight list; what belongs to an item is indented under its first line."""
    lines: list[str] = []
    items = [child for child in element if isinstance(child.tag, str)]
    for number, item in enumerate(items, start=1):
        marker = f"{number}. " if element.tag == "ol" else "- "
        parts = list(block(item)) if item.tag in ("ul", "ol") else list(blocks_of(item))
        text = "\n".join(part if index == 0 or part[:1] in "-1" else f"\n{part}" for index, part in enumerate(parts))
        indent = "\n" + " " * len(marker)
        if text:
            lines.append(marker + text.replace("\n", indent).replace(f"{indent}\n", "\n\n"))
    if lines:
        yield "\n".join(line.rstrip() for line in lines)


def write_table(table: _Element) -> Iterator[str]:
    """A table of GitHub's kind; one with a single column, or with tables or lists inside, as the blocks it holds."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    if width < 2 or next(table.iterdescendants("table", "pre", "blockquote"), None) is not None:
        for row in rows:
            for cell in row:
                yield from blocks_of(cell)
        return
    padded = width if width * len(rows) <= MOST_PADDED else 0
    lines = [table_row(row, width=padded if index else width) for index, row in enumerate(rows)]
    yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def table_row(row: list[_Element], *, width: int) -> str:
    cells = [squeeze(inline_children(cell)).replace(LINE_BREAK, "<br>").replace("|", "\\|") for cell in row]
    return f"| {' | '.join(cells + [''] * (width - len(cells)))} |"
