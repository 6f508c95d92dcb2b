"""How footnotes are marked, on the page while it is read and in the content tree. Which they are: footnotes.py."""

from lxml.etree import _Element

# On a reference: the number of its footnote. On the element with a footnote's text: the same.
REFERENCE, DEFINITION = "data-note-reference", "data-note-text"
# On the number that a page has before the text of a footnote: the plain text has it, the Markdown one of its own.
LABEL = "data-note-label"
# On an element of a content tree that the Markdown has and the plain text has not.
ASIDE = "data-aside"


def is_definition(element: _Element) -> bool:
    """Whether an element is the text of a footnote: it stands at the end, wherever the page has it."""
    return element.get(DEFINITION) is not None
