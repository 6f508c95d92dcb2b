"""CSS selectors as a person writes them: checked when they are read, and put into XPath once."""

from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree


def check_selector(text: str) -> str:
    """Return text if it is a CSS selector that can be looked for. Raises ValueError, as pydantic expects."""
    try:
        # Looked for once: only then does a namespace that nobody declared show.
        etree.Element("html").xpath(xpath_of(text))
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"it must be a CSS selector such as article .text: {error}") from error
    return text


@lru_cache(maxsize=2048)  # a rule's are needed for each page of its site
def xpath_of(selector: str) -> str:
    """Return the XPath of a CSS selector. Raises SelectorError: it is none."""
    return HTMLTranslator().css_to_xpath(selector)
