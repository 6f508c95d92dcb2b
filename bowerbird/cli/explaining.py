"""How a page was read, as text for a person. Not for finding it out: that is the extractor's."""

from collections.abc import Iterable, Iterator

from bowerbird.cli.output import clean_line, width
from crawler.extract.blocks import BlockReport
from crawler.extract.evidence import FieldReport, Shown, SourceReport
from crawler.extract.explanation import Explanation, RuleReport

LONGEST_VALUE, LONGEST_LIST, LONGEST_PATH = 120, 5, 60
INDENT = 18


def explanation_lines(explained: Explanation) -> Iterator[str]:
    """Give the lines of an explanation: the page, its fields, its blocks."""
    yield explained["url"] or explained["id"]
    yield row("outcome", f"{explained['outcome']}: {explained['reason']}")
    if explained["rule"] is not None:
        yield row("rule", about_rule(explained["rule"]))
    if explained["chosen_by"] is not None:
        yield row("text", f"{explained['characters']:,} characters, chosen by {explained['chosen_by']}")
    if explained["fields"]:
        yield ""
        yield "FIELDS: the value, then every place that has one; * won"
        for name, field in explained["fields"].items():
            yield from field_lines(name, field)
    yield from block_lines("KEPT", explained["kept"], explained["kept_count"])
    yield from block_lines("LEFT OUT", explained["left_out"], explained["left_out_count"])


def row(name: str, text: object) -> str:
    """Return a name with what there is to say of it."""
    return f"{name:<{INDENT}}{clean_line(text)}"


def about_rule(rule: RuleReport) -> str:
    """Say what became of a rule."""
    if not rule["is_used"]:
        return f"{rule['site']}: not used, for its body is not on this page; it is read as any other"
    body = f"; body is {rule['body']}" if rule["body"] else "; names no body"
    without = f"; nothing on this page for {', '.join(rule['without'])}" if rule["without"] else ""
    return f"{rule['site']}{body}{without}"


def field_lines(name: str, field: FieldReport) -> Iterator[str]:
    """Give the value of a field, then what each of its sources has."""
    origin = f" ({field['origin']}{', a guess' if field['confidence'] == 'guess' else ''})" if field["origin"] else ""
    yield row(name, f"{value_text(field['value'])}{origin}")
    for source in field["sources"]:
        if source["value"]:
            yield source_line(source)


def source_line(source: SourceReport) -> str:
    """Return what one source has."""
    mark = "*" if source["is_chosen"] else " "
    guess = ", a guess" if source["confidence"] == "guess" else ""
    return (
        f"  {mark} {source['origin']:<{INDENT - 4}}{clean_line(value_text(source['value']))}  [{source['what']}{guess}]"
    )


def value_text(value: Shown) -> str:
    """Return a value on one line, cut where it is long."""
    if not value:
        return "-"
    if isinstance(value, list):
        more = f" and {len(value) - LONGEST_LIST} more" if len(value) > LONGEST_LIST else ""
        value = "; ".join(value[:LONGEST_LIST]) + more
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


def block_lines(title: str, blocks: list[BlockReport], count: int) -> Iterator[str]:
    """Give a table of blocks under a title."""
    if not blocks:
        return
    yield ""
    yield f"{title}: {count:,} {'block' if count == 1 else 'blocks'}{shown_of(len(blocks), count)}"
    yield from columns((size_text(block), path_text(block), said(block)) for block in blocks)


def shown_of(shown: int, count: int) -> str:
    """Say how many of all are shown, where that is not all."""
    return f", {shown:,} of them shown" if shown < count else ""


def size_text(block: BlockReport) -> str:
    """Return how much text a block has, and how much of it was kept where that is a part."""
    is_part = 0 < block["kept"] < block["characters"]
    return f"{block['kept']:,} of {block['characters']:,}" if is_part else f"{block['characters']:,}"


def path_text(block: BlockReport) -> str:
    """Return where a block stands; of a long path the end, which tells most."""
    path = clean_line(block["path"])
    return path if len(path) <= LONGEST_PATH else f"…{path[1 - LONGEST_PATH :]}"


def said(block: BlockReport) -> str:
    """Return how a block begins, and why it is where it is."""
    return f"{block['why']}: {clean_line(block['text'])}"


def columns(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Give rows with their columns one below the other, the first set to the right."""
    cells = list(rows)
    sizes = [max(width(each[place]) for each in cells) for place in (0, 1)]
    for size, path, text in cells:
        yield f"{' ' * (sizes[0] - width(size))}{size}  {path}{' ' * (sizes[1] - width(path))}  {text}"
