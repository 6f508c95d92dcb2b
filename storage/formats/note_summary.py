"""The summary of a note where nobody wrote one. Not for writing summaries: the store keeps those."""

import re
from difflib import SequenceMatcher
from itertools import islice

from storage.article import Article
from storage.formats.characters import cut_at_word
from storage.formats.note_opening import NoteBlock, note_blocks

TARGET_LENGTH = 1200
SHORTEST_OPENING = 200  # less of the text is not worth a paragraph
MOST_BLOCKS = 100
# A colon at the end, or a heading that was written as bold words.
LEAD_IN = re.compile(r"[:：]\Z|\A\*\*[^*\n]+\*\*\Z")
COMPARED, ALIKE = 200, 0.8  # letters, and the share of them
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")


def summary_text(article: Article) -> str:
    """Return the article's summary, else its excerpt and the opening of its text, about TARGET_LENGTH characters.

    The opening is Markdown where the article has any, else plain text.
    """
    if article.summary:
        return article.summary
    blocks = list(islice(note_blocks(article), MOST_BLOCKS))
    start = " ".join(block.words for block in blocks) or article.text
    excerpt = article.excerpt.strip()
    if not excerpt or begins_alike(start, excerpt):
        return opening_of(blocks, article.text, TARGET_LENGTH) or excerpt
    room = TARGET_LENGTH - len(excerpt)
    follows = opening_of(blocks, article.text, room) if room > SHORTEST_OPENING else ""
    return f"{excerpt}\n\n{follows}".strip()


def begins_alike(text: str, excerpt: str) -> bool:
    """Whether text begins with nearly the words of an excerpt, which may be cut, or lack a place name before it."""
    wanted = letters(excerpt[: 2 * COMPARED])[:COMPARED]
    found = letters(text[: 4 * COMPARED])[: len(wanted)]
    return SequenceMatcher(None, found, wanted, autojunk=False).ratio() >= ALIKE


def letters(text: str) -> str:
    """Return the letters and digits of text alone: scripts without spaces are compared as well."""
    return re.sub(r"[\W_]+", "", text).casefold()


def opening_of(blocks: list[NoteBlock], text: str, target_length: int) -> str:
    """Return the opening of blocks; of text where there are none."""
    return block_opening(blocks, target_length) or opening(text, target_length)


def block_opening(blocks: list[NoteBlock], target_length: int) -> str:
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


def cut_block(block: NoteBlock, limit: int) -> str:
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
