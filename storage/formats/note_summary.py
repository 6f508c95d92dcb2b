"""The summary of a note where nobody wrote one. Not for writing summaries: the store keeps those."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain, islice, pairwise
from math import ceil

from storage.article import Article
from storage.formats.characters import cut_at_word, letters
from storage.formats.markdown_outline import OutlineBlock
from storage.formats.note_opening import note_blocks

TARGET_LENGTH = 1200
SHORTEST_OPENING = 200  # less of the text is not worth a paragraph
MOST_BLOCKS = 100
# A colon at the end, or a heading that was written as bold words.
LEAD_IN = re.compile(r"[:：]\Z|\A\*\*[^*\n]+\*\*\Z")
COMPARED, ALIKE = 200, 0.8  # letters, and the share of them
BEGINNING = 4 * COMPARED  # characters of a text that are compared
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")


def summary_text(article: Article) -> str:
    """Return the article's summary, else its excerpt and the opening of its text, about TARGET_LENGTH characters.

    The opening is Markdown where the article has any, else plain text.
    """
    if article.summary:
        return article.summary
    rest = islice(note_blocks(article), MOST_BLOCKS)
    blocks = list(first_blocks(rest, TARGET_LENGTH))
    excerpt = article.excerpt.strip()
    if not excerpt or begins_alike(beginning(chain(blocks, rest)) or article.text, excerpt):
        return opening_of(blocks, article.text, TARGET_LENGTH) or excerpt
    room = TARGET_LENGTH - len(excerpt)
    follows = opening_of(blocks, article.text, room) if room > SHORTEST_OPENING else ""
    return f"{excerpt}\n\n{follows}".strip()


def first_blocks(blocks: Iterable[OutlineBlock], length: int) -> Iterator[OutlineBlock]:
    """Yield blocks until one of them does not fit the length any more, with that one."""
    for block in blocks:
        yield block
        length -= len(block.source)
        if length < 0:
            return


def beginning(blocks: Iterable[OutlineBlock]) -> str:
    """Return the words of the first blocks, at least as many as are compared."""
    text = ""
    for block in blocks:
        text = f"{text} {block.words}" if text else block.words
        if len(text) >= BEGINNING or len(letters(text)) >= COMPARED:
            break
    return text


def begins_alike(text: str, excerpt: str) -> bool:
    """Whether text begins with nearly the words of an excerpt, which may be cut, or lack a place name before it."""
    wanted = letters(excerpt[: 2 * COMPARED])[:COMPARED]
    found = letters(text[:BEGINNING])[: len(wanted)]
    return found == wanted or (may_be_alike(found, wanted) and are_alike(found, wanted))


def are_alike(found: str, wanted: str) -> bool:
    """Whether enough of the letters are the same, in the same order."""
    return SequenceMatcher(None, found, wanted, autojunk=False).ratio() >= ALIKE


def may_be_alike(found: str, wanted: str) -> bool:
    """Whether two texts share as many pairs of neighbours as two that are alike must; quick to find out.

    Letters that match stand in runs, parted by at least one that does not; a run of n letters shares n - 1 pairs.
    """
    least = ceil(ALIKE * (len(found) + len(wanted)) / 2)
    runs = min(len(found), len(wanted)) - least + 1
    shared = Counter(pairwise(found)) & Counter(pairwise(wanted))
    return runs > 0 and shared.total() >= least - runs


def opening_of(blocks: list[OutlineBlock], text: str, target_length: int) -> str:
    """Return the opening of blocks; of text where there are none."""
    return block_opening(blocks, target_length) or opening(text, target_length)


def block_opening(blocks: list[OutlineBlock], target_length: int) -> str:
    """Return the first blocks that fit; one is cut only where nothing worth a paragraph stands before it."""
    kept: list[str] = []
    length = 0
    for block in blocks:
        if length + len(block.source) > target_length:
            if length < SHORTEST_OPENING:
                kept.append(cut_block(block, target_length - length))
            break
        kept.append(block.source)
        length += len(block.source) + 2
    # What it leads up to is left out.
    while len(kept) > 1 and LEAD_IN.search(kept[-1]):
        kept.pop()
    return "\n\n".join(filter(None, kept))


def cut_block(block: OutlineBlock, limit: int) -> str:
    """Return at most limit characters of a block: whole sentences with their marks, else plain; of a list whole items.

    Of a list or quote whose first line is longer nothing is left.
    """
    if not block.is_paragraph:
        return block.source[: block.source.rfind("\n", 0, limit) + 1].rstrip(" \n>")
    ends = [match.end() for match in SENTENCE_END.finditer(block.source) if match.end() <= limit]
    whole = next((end for end in reversed(ends) if has_whole_marks(block.source[:end])), 0)
    return block.source[:whole] if whole > limit // 2 else cut_at_sentence(block.words, limit)


def has_whole_marks(markdown: str) -> bool:
    """Whether no mark and no link is open at the end."""
    is_even = all(markdown.count(mark) % 2 == 0 for mark in ("*", "**", "_", "__", "`", "~~"))
    return is_even and all(markdown.count(left) == markdown.count(right) for left, right in ("[]", "()"))


def opening(text: str, target_length: int) -> str:
    """Return the first paragraphs that fit; a first one that is longer is cut at a sentence's end, else a word's."""
    kept = ""
    for paragraph in PARAGRAPH_BREAK.split(text.strip()):
        longer = f"{kept}\n\n{paragraph}" if kept else paragraph
        if len(longer) > target_length:
            return kept or cut_at_sentence(paragraph, target_length)
        kept = longer
    return kept


def cut_at_sentence(text: str, limit: int) -> str:
    """Return at most limit characters, up to the last sentence that ends in them."""
    ends = [match.end() for match in SENTENCE_END.finditer(text) if match.end() <= limit]
    return text[: ends[-1]] if ends else cut_at_word(text, limit)
