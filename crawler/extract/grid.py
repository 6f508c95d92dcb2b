"""The cells of a table in rows of one length: a cell over several columns or rows stands in the first of them."""

from lxml.etree import _Element

MOST_COLUMNS, MOST_SPAN, MOST_PLACES = 200, 100, 20_000


def grid_of(table: _Element) -> list[list[_Element | None]]:
    """Return the rows of a table, each with as many cells; None for a place that another cell covers.

    A row that is longer than the others by far would make as many places of each: then only the first is filled up.
    """
    rows: list[list[_Element | None]] = []
    covered: dict[int, int] = {}
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            rows.append(row_of(cells, covered))
    width = max(map(len, rows), default=0)
    filled = rows if width * len(rows) <= MOST_PLACES else rows[:1]
    return [row + [None] * (width - len(row)) for row in filled] + rows[len(filled) :]


def row_of(cells: list[_Element], covered: dict[int, int]) -> list[_Element | None]:
    """Return one row. covered: for how many more rows a cell above covers a column; changed."""
    row: list[_Element | None] = []
    for cell in cells:
        skip_covered(row, covered)
        is_wide = len(row) >= MOST_COLUMNS  # what such a cell covers is not counted
        columns, below = (1, 0) if is_wide else (span_of(cell, "colspan"), span_of(cell, "rowspan") - 1)
        for column in range(len(row), len(row) + columns):
            if below:
                covered[column] = below
        row += [cell, *[None] * (columns - 1)]
    skip_covered(row, covered)
    return row


def skip_covered(row: list[_Element | None], covered: dict[int, int]) -> None:
    """Leave out the columns that a cell of a row above covers."""
    while covered.get(len(row), 0) > 0:
        covered[len(row)] -= 1
        row.append(None)


def span_of(cell: _Element, name: str) -> int:
    """Return how many columns or rows a cell covers."""
    value = cell.get(name) or ""
    return min(max(int(value), 1), MOST_SPAN) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
