"""Turns a story's Markdown into the HTML that stands on its page. Not the page around it."""

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt

from bowerbird.demo.newsroom.pictures import HEIGHT, WIDTH

LINKED_STORY = re.compile(r"\(story:([a-z0-9-]+)\)")
FIGURE = re.compile(r'^!\[([^\]]*)\]\(picture:([a-z0-9-]+) "([^"]*)"\)$', re.MULTILINE)
NOTE_MARK = re.compile(r"\[\^(\d+)\](?!:)")
NOTE_TEXT = re.compile(r"^\[\^(\d+)\]: (.+)$", re.MULTILINE)


def body_html(markdown: str, *, link_to: Callable[[str], str]) -> str:
    """Return the body as HTML. link_to gives the address of another story by its slug."""
    linked = LINKED_STORY.sub(lambda match: f"({link_to(match[1])})", markdown)
    return str(_parser().render(_with_notes(FIGURE.sub(_figure, linked))))


def count_paragraphs(markdown: str) -> int:
    """Return how many paragraphs of running text there are: lists, quotes, tables and captions are not counted."""
    tokens = _parser().parse(_with_notes(FIGURE.sub(_figure, markdown)))
    return sum(token.type == "paragraph_open" and token.level == 0 for token in tokens)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _figure(match: re.Match[str]) -> str:
    alt, name, caption = match.groups()
    image = f'<img src="/media/{name}.png" alt="{escape(alt)}" width="{WIDTH}" height="{HEIGHT}" loading="lazy">'
    return f'<figure class="inline-figure">\n{image}\n<figcaption>{escape(caption)}</figcaption>\n</figure>'


def _with_notes(markdown: str) -> str:
    notes = NOTE_TEXT.findall(markdown)
    if not notes:
        return markdown
    text = NOTE_MARK.sub(r'<sup id="fnref\1"><a href="#fn\1" class="footnote-ref">\1</a></sup>', markdown)
    items = "\n".join(f'<li id="fn{number}"><p>{escape(note)}</p></li>' for number, note in notes)
    return f'{NOTE_TEXT.sub("", text).rstrip()}\n\n<section class="footnotes"><ol>\n{items}\n</ol></section>\n'
