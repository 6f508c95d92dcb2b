"""Traces a text back to a page's nodes by its words, where no mark says where it came from.

Only for texts that came from a script, an attribute or a ``noscript``: a menu's words may be taken for its.
"""

from collections.abc import Sequence

from crawler.extract.watermark import TextNode
from crawler.extract.wording import squeezed

LEAST_KEY, MOST_NODES, MOST_CHARACTERS = 20, 5000, 200_000


def numbers_of_words(nodes: Sequence[TextNode], text: str) -> set[int]:
    """Return the places of the nodes whose words stand in text, short ones left out."""
    whole = squeezed(text[:MOST_CHARACTERS])
    keys = (squeezed(node.text) for node in nodes[:MOST_NODES])
    return {number for number, key in enumerate(keys) if len(key) >= LEAST_KEY and key in whole}
