"""Who is told how a page is read, while it is read. Not for what is made of that: see explanation.py."""

from collections.abc import Callable, Sequence

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.weights import Weights

Plant = Callable[[], _Element | None]


class Witness:
    """Forgets everything: most pages are read for their article alone. One that is to remember overrides this."""

    def clues_read(self, clues: Clues) -> None:
        """All that the page says of itself; told again once its text is known, too."""

    def parts_removed(self, parts: Sequence[_Element], why: str) -> None:
        """What is taken out before the text is chosen, and why, in words. The elements are still in place."""

    def text_chosen(self, root: _Element, plant: Plant, weights: Weights | None = None) -> None:
        """What is chosen below root, and how the main content is planted from it, as often as it is called.

        weights: with what an extractor kept; None where a selector chose. A text from a script or an attribute is
        told to nobody.
        """


NOBODY = Witness()
