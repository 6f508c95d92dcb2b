"""The summary of a note where nobody wrote one. Not for writing summaries: the store keeps those."""

import re

from storage.article import Article
from storage.formats.characters import cut_at_word

TARGET_LENGTH = 1200
SHORTEST_OPENING = 200  # less of the text is not worth a paragraph
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")


def summary_text(article: Article) -> str:
    """Return the article's summary, else its excerpt and the opening of its text, about TARGET_LENGTH characters."""
    if article.summary:
        return article.summary
    excerpt = article.excerpt.strip()
    if not excerpt or same_words(article.text[: len(excerpt) + 20], excerpt):
        return opening(article.text, TARGET_LENGTH) or excerpt
    room = TARGET_LENGTH - len(excerpt)
    follows = opening(article.text, room) if room > SHORTEST_OPENING else ""
    return f"{excerpt}\n\n{follows}".strip()


def same_words(text: str, excerpt: str) -> bool:
    """Whether text begins as excerpt does, white space and a closing ellipsis aside."""
    wanted = " ".join(excerpt.removesuffix("…").removesuffix("...").split())
    return " ".join(text.split()).startswith(wanted)


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
