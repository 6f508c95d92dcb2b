"""Takes what a page wrongly calls its frame for what it is: a header or menu that holds the whole page is none.

Pages whose menu is never closed put all that follows into it, and extractors leave out whatever stands in a menu.
"""

from lxml.etree import _Element

from crawler.extract.hidden import text_length
from crawler.extract.query import count_below

FRAMES = ("aside", "header", "footer", "nav", "form")
NAMES = frozenset({"class", "id"})
MOST_OF_PAGE, MUCH_OF_PAGE = 0.8, 0.4


def open_frames(body: _Element) -> None:
    """Turn each element of the frame that holds most of a page's text into a plain one, its names taken away."""
    elements = MUCH_OF_PAGE * count_below(body)
    for frame in list(body.iter(*FRAMES)):
        # Elements are counted first, which costs next to nothing.
        if count_below(frame) < elements or next(frame.iterancestors(*FRAMES), None) is not None:
            continue
        if text_length(frame) >= MOST_OF_PAGE * text_length(body):
            frame.tag = "div"
            for name in NAMES & set(frame.attrib):
                del frame.attrib[name]
