"""The shape of an address: what the articles of one site share, and its menus do not. Pure; knows no page.

``/2026/11/26/storm-over-the-bay/`` is ``/Y/d/d/s/``, ``/news.php?id=123`` is ``/s.php?id=N``, and
``/a/20261126/00123.htm`` is ``/a/D/N.htm``. Folders that are words stay: ``/user/12`` and ``/node/12`` are two shapes.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:[0-2]\d|3[01]))?")
MONTH_AND_DAY = re.compile(r"(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
SUFFIX = re.compile(r"\.(?:s?html?|xhtml|php\d?|aspx?|jspx?|cfm|do)$", re.IGNORECASE)
WORDS = re.compile(r"[-_+ ,:;.~]+")
NUMBERS = re.compile(r"\d+")
MOST_SEGMENTS = 8
LONG = 200
# What varies from one article to the next; the others are the same for all, or pages that list.
VARIABLES = ("N", "X", "s", "0")


@lru_cache(maxsize=4096)
def shape_of(url: str) -> str:
    """Return the shape of url, without its host; an address that cannot be read has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    segments = [unquote(segment) for segment in parts.path.split("/") if segment][:MOST_SEGMENTS]
    folders = [folder_shape(segment) for segment in segments[:-1]]
    name = [name_shape(segment, is_dated="Y" in folders) for segment in segments[-1:]]
    path = "/" + "/".join(folders + name) + ("/" if segments and parts.path.endswith("/") else "")
    return path + query_shape(parts.query)


def folder_shape(text: str) -> str:
    """Return the shape of a folder: a word stays, what varies does not."""
    shape = "D" if MONTH_AND_DAY.fullmatch(text) else token_shape(text)
    if shape != "s":
        return shape
    return text.lower() if len(WORDS.split(text)) < 4 and len(text) < LONG and not text.startswith("@") else "s"


def name_shape(text: str, *, is_dated: bool) -> str:
    """Return the shape of the last part: its kind, and the suffix of a file. is_dated: it stands in a year's folder."""
    suffix = SUFFIX.search(text)
    end = suffix[0].lower() if suffix else ""
    stem = text[: len(text) - len(end)] if end else text
    shape = token_shape(stem)
    return ("N" if shape == "d" and not is_dated else shape) + end


def token_shape(text: str) -> str:
    """Return Y for a year, d for a month or day, D for a date, N for a number, X for a hash, 0 for numbered, else s."""
    if text.isdigit() and text.isascii():
        return "Y" if YEAR.fullmatch(text) else "d" if len(text) <= 2 else "D" if DAY.fullmatch(text) else "N"
    if DAY.fullmatch(text):
        return "D"
    if UUID.fullmatch(text):
        return "X"
    words = [word for word in WORDS.split(text) if word]
    if len(words) >= 3:
        return "s"
    if any(is_random(word) for word in words):
        return "X" if len(words) == 1 else "s"
    return "0" if text.isascii() and NUMBERS.search(text) and len(NUMBERS.sub("", text)) <= 8 else "s"


def is_random(word: str) -> bool:
    """Whether a word looks drawn by lot: long, of letters and not a few digits."""
    digits = sum(char.isdigit() for char in word)
    return len(word) >= 8 and 3 <= digits < len(word)


def query_shape(query: str) -> str:
    """Return the shape of a query: its names with the kinds of their values, in the order of the names."""
    pairs = sorted(parse_qsl(query[:2000])[:MOST_SEGMENTS])
    shown = "&".join(f"{name.lower()}={value_shape(value)}" for name, value in pairs)
    return f"?{shown}" if shown else ""


def value_shape(value: str) -> str:
    """Return the shape of a value: a short word stays, for it may say what kind of page it is."""
    if re.match(r"\d+(?:\D|$)", value):
        return "N"
    shape = token_shape(value)
    is_word = shape in ("s", "0") and len(WORDS.split(value)) < 3 and len(value) < 20
    return NUMBERS.sub("0", value.lower()) if is_word else shape


def is_varied(shape: str) -> bool:
    """Whether the last part of a shape varies from page to page: a slug, a number, a hash."""
    path, _, query = shape.partition("?")
    if query:
        values = [pair.partition("=")[2] for pair in query.split("&")]
        return any(value in VARIABLES or "0" in value for value in values)
    last = path.rstrip("/").rpartition("/")[2]
    return SUFFIX.sub("", last) in VARIABLES


def is_archive(shape: str, text: str) -> bool:
    """Whether a link leads to a list by time: to a month or a day, or to a year that its text names, too.

    A number between 1900 and 2099 may as well be an article's.
    """
    parts = shape.strip("/").split("/")
    if parts[-1] == "d":
        return True
    return parts[-1] == "Y" and (YEAR.search(text) is not None or not any(char.isalpha() for char in text))


def folder_of(shape: str) -> str:
    """Return the folders of a shape: ``/`` for what stands at the root."""
    return shape.partition("?")[0].rstrip("/").rpartition("/")[0] + "/"
