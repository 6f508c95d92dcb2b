"""How footnotes are marked, on the page while it is read and in the content tree. Which they are: footnotes.py."""

import secrets

from lxml.etree import _Element

# On a reference: the number of its footnote. On the element with a footnote's text: the same.
# Their names are new in each process, so that no page can hold them.
SECRET = secrets.token_hex(4)
REFERENCE, DEFINITION = f"data-note-reference-{SECRET}", f"data-note-text-{SECRET}"
# On the number that a page has before the text of a footnote: the plain text has it, the Markdown one of its own.
LABEL = "data-note-label"
# On an element of a content tree that the Markdown has and the plain text has not.
ASIDE = "data-aside"


def is_definition(element: _Element) -> bool:
    """Whether an element is the text of a footnote: it stands at the end, wherever the page has it."""
    return element.get(DEFINITION) is not None
