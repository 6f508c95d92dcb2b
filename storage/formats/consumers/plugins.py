"""Making inert what Obsidian hides and its plugins run in a note. Not for properties.

What a note from the web says is to be read and not run. A block of Dataview's keeps its text and loses its language; a
word joiner parts what begins an inline query, a comment or a command of Templater's, which runs those of all new notes.
"""

import re

from storage.formats.consumers.prose import WORD_JOINER, in_paragraphs, outside_code, prose_lines

# The languages of code that is run and not shown.
RUN = r"dataview(?:js)?|datacore\w*|js-engine|meta-bind[\w-]*|tasks|query|base|buttons?|run-\w+"
BLOCK = re.compile(rf"^((?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(?:`{{3,}}|~{{3,}})[ \t]*)(?:{RUN})\b", re.M | re.I)
# Dataview's settings call them inline queries and inline JavaScript queries.
INLINE_QUERY = re.compile(r"(?<!`)(`+)(?!`)(?=[ \t]*\$?=)")
TEMPLATER = re.compile("<(?=%)")
COMMENT = re.compile("%(?=%)")


def without_plugin_code(body: str) -> str:
    """Return a body that shows all its text, whatever plugins there are."""
    body = BLOCK.sub(r"\1text", body)
    body = TEMPLATER.sub(f"<{WORD_JOINER}", body)
    return in_paragraphs(body, without_queries, lines=prose_lines(body))


def without_queries(paragraph: str) -> str:
    """Return a paragraph without inline queries and comments."""
    if "%%" in paragraph:
        paragraph = outside_code(paragraph, COMMENT, f"%{WORD_JOINER}")
    return INLINE_QUERY.sub(rf"\1{WORD_JOINER}", paragraph)


def without_templater(front_matter: str) -> str:
    """Return a front matter, its texts in double quotes, that says the same and holds no command of Templater's."""
    return TEMPLATER.sub(r"\\u003c", front_matter)
