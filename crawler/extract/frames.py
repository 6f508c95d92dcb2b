"""Takes what a page wrongly calls its frame for what it is: a header or menu that holds the whole page is none.

Pages whose menu is never closed put all that follows into it, and extractors leave out whatever stands in a menu.
"""

from lxml.etree import _Element

from crawler.extract.hidden import text_length

FRAMES = ("aside", "header", "footer", "nav", "form")
NAMES = frozenset({"class", "id"})
MOST_OF_PAGE = 0.8


def open_frames(body: _Element) -> None:
    """Turn each element of the frame that holds most of a page's text into a plain one, its names taken away."""
    least = -1.0
    for frame in list(body.iter(*FRAMES)):
        if next(frame.iterancestors(*FRAMES), None) is not None:
            continue  # what is around it is a frame indeed
        least = MOST_OF_PAGE * text_length(body) if least < 0 else least
        if text_length(frame) >= max(least, 1):
            frame.tag = "div"
            for name in NAMES & set(frame.attrib):
                del frame.attrib[name]
