"""The blocks of an article that a note may open with, as Markdown. Not for how many of them it takes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from storage.article import Article
from storage.formats.characters import one_line
from storage.formats.markdown_blocks import is_readable, parser, words

LINE_END = re.compile(r"\r\n?")
# Linear: neither the words nor the address hold what opens another picture.
PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\[\]]*(?:\([^()\[\]]*\)[^()\[\]]*)*\)")
EMPTY_LINK = re.compile(r"\[\s*\]\([^()\[\]]*\)")
GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
MOST_CHARACTERS = 40_000
OPENERS = frozenset({"paragraph_open", "bullet_list_open", "ordered_list_open", "blockquote_open"})
# What has no place in a summary; a list or quote that holds it is left out whole, for it cannot be cut out.
UNFIT = frozenset({"heading_open", "fence", "code_block", "table_open", "html_block"})


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A paragraph, list or quote. source: its Markdown; words: the same without marks, on one line."""

    source: str
    words: str
    is_paragraph: bool


def note_blocks(article: Article) -> Iterator[NoteBlock]:
    """Yield the paragraphs, lists and quotes of the article's Markdown, without pictures and their captions.

    Headings, tables, code and HTML are left out; Markdown made to be slow has no blocks.
    """
    body = LINE_END.sub("\n", article.body[:MOST_CHARACTERS])
    if not is_readable(body):
        return
    captions = {one_line(text) for image in article.images for text in (image.caption, image.alt)}
    lines = body.split("\n")
    for tokens in top_blocks(parser().parse(body)):
        first, last = tokens[0].map or (0, 0)
        source = "\n".join(lines[first:last]).strip()
        block = NoteBlock(source, plain_words(tokens), tokens[0].type == "paragraph_open")
        if holds_picture(tokens):
            block = without_pictures(block)
        if block.source and block.words and block.words not in captions:
            yield block


def top_blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block that fits a summary."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level or token.nesting > 0:
            continue
        if block[0].type in OPENERS and not any(each.type in UNFIT for each in block):
            yield block
        block = []


def plain_words(tokens: Iterable[Token]) -> str:
    """Return the words of a block."""
    return one_line(" ".join(words(token) for token in tokens if token.type == "inline"))


def holds_picture(tokens: Iterable[Token]) -> bool:
    """Whether there is a picture in a block."""
    return any(child.type == "image" for token in tokens for child in token.children or [])


def without_pictures(block: NoteBlock) -> NoteBlock:
    """Return a block without the pictures among its words; one that cannot be rid of them has nothing left."""
    source = GAP.sub(" ", EMPTY_LINK.sub("", PICTURE.sub("", block.source))).strip()
    return NoteBlock("" if "![" in source else source, block.words, block.is_paragraph)
