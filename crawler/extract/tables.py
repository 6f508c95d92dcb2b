"""Tables that hold data, row by row. Those that only lay out a page are walked like any other container."""

from collections.abc import Callable, Iterator

from lxml import etree
from lxml.etree import _Element

from crawler.extract.elements import CELLS
from crawler.extract.inline import copy_children
from crawler.extract.weights import Weights
from crawler.extract.wording import xml_safe

LONG_CELL, MOST_DENSITY = 600, 0.5
FRAMES = frozenset({"presentation", "none"})
PlantCell = Callable[[_Element, _Element], None]


def is_data_table(table: _Element, weights: Weights) -> bool:
    """Whether a table holds data and is no frame for a layout."""
    if (table.get("role") or "") in FRAMES or next(table.iterdescendants("table"), None) is not None:
        return False
    if any("\n" in "".join(map(str, pre.itertext())).strip() for pre in table.iterdescendants("pre")):
        return False
    cells = sum(1 for _ in table.iter(*CELLS))
    rows = sum(1 for _ in rows_of(table))
    return cells > rows and all(weights[cell].total <= LONG_CELL for cell in table.iter(*CELLS))


def rows_of(table: _Element) -> Iterator[_Element]:
    """Give the rows; cells that stand in no row are one, as in a ``thead`` without ``tr``."""
    for element in table.iter("tr", "thead", "tbody", "tfoot"):
        if element.tag == "tr" or next(element.iterchildren(*CELLS), None) is not None:
            yield element


def plant_table(
    table: _Element, target: _Element, weights: Weights, *, is_whole: bool, plant_cell: PlantCell, base: str
) -> None:
    """Add a data table with all its rows; of one that is mostly links only the rows that were kept."""
    holder = etree.SubElement(target, "table")
    takes_all = is_whole or weights[table].density < MOST_DENSITY
    for caption in table.iterchildren("caption"):
        if takes_all or weights[caption].kept:
            copy_children(caption, etree.SubElement(holder, "caption"), base=base)
    for row in rows_of(table):
        if takes_all or weights[row].kept:
            plant_row(row, holder, plant_cell)
    if not len(holder):
        target.remove(holder)


def plant_row(row: _Element, table: _Element, plant_cell: PlantCell) -> None:
    """Add one row of a data table."""
    holder = etree.SubElement(table, "tr")
    for cell in row.iterchildren(*CELLS):
        spans = {name: cell.get(name) or "" for name in ("colspan", "rowspan")}
        copied = etree.SubElement(holder, str(cell.tag), {name: xml_safe(span) for name, span in spans.items() if span})
        plant_cell(cell, copied)
