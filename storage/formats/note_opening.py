"""The blocks of an article that a note may open with, as Markdown. Not for how many of them it takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.article import Article
from storage.formats.characters import letters, one_line
from storage.formats.markdown_blocks import is_readable
from storage.formats.markdown_outline import OutlineBlock, outline

LINE_END = re.compile(r"\r\n?")
# Linear: neither the words nor the address hold what opens another picture.
PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\[\]]*(?:\([^()\[\]]*\)[^()\[\]]*)*\)")
EMPTY_LINK = re.compile(r"\[\s*\]\([^()\[\]]*\)")
GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
# A paragraph that certainly is a picture and nothing else.
PICTURE_ALONE = re.compile(r"!\[[^\[\]`<\\&]*\]\(https?://[^()\s<>\\]*(?: \"[^\"\\]*\")?\)")
# What may hide the letters that follow it.
HIDING = re.compile(r"[!&<\[\\\]`]")
COMPARED = 80
MOST_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class Captions:
    """The lines under an article's pictures, and the letters of each."""

    lines: frozenset[str]
    letters: tuple[str, ...]


def note_blocks(article: Article) -> Iterator[OutlineBlock]:
    """Yield the paragraphs, lists and quotes of the article's Markdown, without pictures and their captions.

    Headings, tables, code and HTML are left out; Markdown made to be slow has no blocks. Only as much is parsed as is
    asked for.
    """
    body = LINE_END.sub("\n", article.body[:MOST_CHARACTERS])
    if not is_readable(body):
        return
    captions = captions_of(article)
    for block in outline(body):
        if PICTURE_ALONE.fullmatch(block.source):
            continue
        kept = without_pictures(block) if block.holds_picture else block
        if kept.source and says_more(kept, captions):
            yield kept


def captions_of(article: Article) -> Captions:
    """Return what is said of the article's pictures."""
    lines = {one_line(text) for image in article.images for text in (image.caption, image.alt)} - {""}
    return Captions(frozenset(lines), tuple(map(letters, lines)))


def says_more(block: OutlineBlock, captions: Captions) -> bool:
    """Whether a block has words that are not a picture's; most show by how they begin, without being parsed."""
    start = letters(HIDING.split(block.lines[0][:COMPARED], maxsplit=1)[0]) if block.lines else ""
    if start and not any(caption.startswith(start) for caption in captions.letters):
        return True
    return bool(block.words) and block.words not in captions.lines


def without_pictures(block: OutlineBlock) -> OutlineBlock:
    """Return a block without the pictures among its words; one that cannot be rid of them has nothing left."""
    source = GAP.sub(" ", EMPTY_LINK.sub("", PICTURE.sub("", block.source))).strip()
    return block.with_source("" if "![" in source else source)
