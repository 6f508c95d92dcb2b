"""When two names of topics are one name spelled in two ways. Pure; not for whether two topics are one thing.

Two names wrongly taken for one put different things into one note, and nobody sees it; two notes for one thing are
seen, and harmless. So where it is not plain, names differ: by a figure, a short word, an ending, a prefix.
"""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

WORD = re.compile(r"[^\s+#]+[+#]*")
# Not between figures: "2.0" is not "20".
JOINED_SPACE = re.compile(r"(?<!\d) | (?!\d)")
SHORTEST_PLURAL = 4
# Redis, but not APIs.
NO_PLURAL = re.compile(r"(?:ss|us|...is)\Z")
# A word of fewer letters is too close to others: country and county, sentence and sentience.
SHORTEST_SLIP = 9
# Another letter in these places makes another word: macro-, micro-; -al, -el; -ate, -ite.
PREFIX_LETTERS, ENDING_LETTERS = 5, 3
HALF = 4


def topic_words(name: str) -> list[str]:
    """Return the words of a name in one case, without the marks around them: of "C++" and "C#" those belong to it."""
    text = normalize("NFKC", normalize("NFKC", name).casefold())
    return WORD.findall("".join(character if is_part(character) else " " for character in text))


def is_part(character: str) -> bool:
    """Whether a character is part of a word: a letter, a figure, a vowel sign."""
    return character.isalnum() or character in "+#" or category(character).startswith("M")


def joined(words: list[str]) -> str:
    """Return the words as one, so that neither hyphens nor spaces count; only between figures they do."""
    return JOINED_SPACE.sub("", " ".join(words))


def singular(words: list[str]) -> list[str]:
    """Return the words with the last one's plural s taken off."""
    last = words[-1] if words else ""
    is_plural = len(last) >= SHORTEST_PLURAL and last.endswith("s") and last[-2].isalpha()
    return [*words[:-1], last[:-1]] if is_plural and not NO_PLURAL.search(last) else words


def slip_keys(words: list[str]) -> Iterator[str]:
    """Yield keys of which two names have one in common if a slip in one long word is all that they differ by.

    One slip leaves the beginning or the end of a word as it is, and its first letter in any case.
    """
    for index, word in enumerate(words):
        if is_long(word):
            frame = " ".join([*words[:index], "*", *words[index + 1 :]])
            yield f"{frame} {word[:HALF]}*"
            yield f"{frame} {word[0]}*{word[-HALF:]}"


def is_long(word: str) -> bool:
    """Whether a slip in a word can be told from another word; only in scripts with capitals, which spell sounds."""
    return len(word) >= SHORTEST_SLIP and all(character.islower() for character in word)


def differ_by_slip(words: list[str], others: list[str]) -> bool:
    """Whether one slip in one long word is all that two names differ by."""
    if len(words) != len(others):
        return False
    differing = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    return len(differing) == 1 and is_slip(*differing[0])


def is_slip(word: str, other: str) -> bool:
    """Whether one of two long words is the other with a letter too many, two letters swapped, or a wrong one inside."""
    if not (is_long(word) and is_long(other)) or abs(len(word) - len(other)) > 1:
        return False
    shorter, longer = sorted((word, other), key=len)
    index = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    # Another first letter makes another word (symmetric, asymmetric), one more at the end a form (tokenize, tokenizer).
    if index in (0, len(shorter)):
        return False
    if len(shorter) < len(longer):
        return shorter[index:] == longer[index + 1 :]
    if shorter[index + 2 :] == longer[index + 2 :] and shorter[index : index + 2] == longer[index : index + 2][::-1]:
        return True
    is_inside = PREFIX_LETTERS <= index < len(shorter) - ENDING_LETTERS
    return is_inside and shorter[index + 1 :] == longer[index + 1 :]
