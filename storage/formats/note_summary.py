"""The summary of a note where nobody wrote one. Not for writing summaries: the store keeps those."""

import re

from storage.article import Article
from storage.formats.characters import cut_at_word

TARGET_LENGTH = 1200
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")


def summary_text(article: Article) -> str:
    """Return the article's summary, else its excerpt, else the opening of its text."""
    return article.summary or article.excerpt or opening(article.text, TARGET_LENGTH)


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
