"""The sentence of a text that first names a topic. Not for describing topics: no sentence, no words.

A name is looked for as whole words in any case, with any mark between its words: "Pre training" is found in
"pre-training". Where words have no spaces between them, as in Chinese, it may stand anywhere.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from storage.formats.characters import one_line

MOST_CHARACTERS = 40_000
MOST_MENTIONS = 20
SHORTEST, LONGEST = 10, 500
# Without a mark at its end a line this long is a sentence all the same, a shorter one a heading.
LONG_LINE = 100
LONGEST_NAME, MOST_WORDS = 80, 8
# Names this short are words of the language, too ("go", "bun"), unless they are written as the topic is.
SHORT_NAME = 3
# Thai to Burmese, Khmer, kana, Han; and Hangul, which puts particles at the ends of names.
UNSPACED = (
    "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
NAME_WORD = re.compile(r"[^\W_]+[+#]*")
SENTENCE_END = re.compile(r"[.!?…؟۔।։]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*")
LAST_WORD = re.compile(r"\b[^\W\d_](?:[^\W\d_]|\.)*\Z")
ABBREVIATIONS = frozenset({"cf", "dr", "mr", "mrs", "ms", "prof", "st", "vs"})
# What Markdown would take for the beginning of a list, a heading, a quote, a table or code.
BLOCK_MARK = re.compile(r"(?:[#>|<`~]|[-+*=]|\d+[.)]\s)")


def first_sentence_on(name: str, text: str) -> str:
    """Return the first sentence that names it, on one line; nothing where there is none fit for a paragraph."""
    text = text[:MOST_CHARACTERS]
    words = name_words(name)
    # Most texts are done with here, which takes a tenth of the time of looking for the expression.
    folded = text.casefold()
    if not words or any(word.casefold() not in folded for word in words):
        return ""
    pattern = name_pattern(words)
    for count, found in enumerate(pattern.finditer(text)):
        if count == MOST_MENTIONS:
            break
        sentence = sentence_at(found.start(), text)
        if sentence:
            return sentence
    return ""


def name_words(name: str) -> list[str]:
    """Return the words of a name; none of what is too long for one."""
    words = NAME_WORD.findall(name[: LONGEST_NAME + 1])
    return words if len(name) <= LONGEST_NAME and len(words) <= MOST_WORDS else []


def name_pattern(words: list[str]) -> re.Pattern[str]:
    """Return the expression that finds a name in a text."""
    pattern = re.escape(words[0])
    for left, right in pairwise(words):
        # "3.5" is not "35".
        least = 1 if left[-1].isdigit() and right[0].isdigit() else 0
        pattern += rf"[\W_]{{{least},3}}{re.escape(right)}"
    length = len("".join(words))
    if length <= SHORT_NAME:
        pattern = f"(?:{pattern}|{pattern.upper()})" if pattern.isalpha() else pattern
    if not IS_UNSPACED.match(words[0][0]):
        pattern = rf"(?<![^\W{UNSPACED}])" + (r"(?<![&'’./-])" if length == 1 else "") + pattern
    if not IS_UNSPACED.match(words[-1][-1]):
        plural = "s?" if length > 1 and words[-1][-1].isalpha() else ""
        pattern += rf"{plural}(?![^\W{UNSPACED}]|[+#])" + ("(?![&'’/-])" if length == 1 else "")
    return re.compile(pattern, 0 if length <= SHORT_NAME else re.IGNORECASE)


def sentence_at(position: int, text: str) -> str:
    """Return the sentence around a place of a text, or nothing where it is too long, too short or no sentence."""
    first = max(text.rfind("\n", 0, position) + 1, position - 2 * LONGEST)
    last = text.find("\n", position)
    last = min(len(text) if last < 0 else last, position + 2 * LONGEST)
    line = text[first:last]
    start = 0
    for end in sentence_ends(line):
        if first + end > position:
            return fit(line[start:end])
        start = end
    return fit(line[start:]) if len(line) - start >= LONG_LINE else ""


def sentence_ends(line: str) -> Iterator[int]:
    """Yield where the sentences of a line end."""
    for found in SENTENCE_END.finditer(line):
        word = LAST_WORD.search(line, max(0, found.start() - 12), found.start())
        is_short_for_more = found[0] == "." and word and is_abbreviation(word[0])
        if not is_short_for_more and not line[found.end() :][:2].strip()[:1].islower():
            yield found.end()


def is_abbreviation(word: str) -> bool:
    """Whether a full stop after a word says no more than that it is cut: an initial, "e.g", a title."""
    is_initial = len(word.rpartition(".")[2]) == 1 and ("." in word or word.isupper())
    return is_initial or word.lower() in ABBREVIATIONS


def fit(sentence: str) -> str:
    """Return a sentence on one line; nothing where it cannot be a paragraph of its own."""
    sentence = one_line(sentence)
    return "" if not SHORTEST <= len(sentence) <= LONGEST or BLOCK_MARK.match(sentence) else sentence
