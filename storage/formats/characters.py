"""Text from the open web made fit for a file: surrogates, line breaks, controls. Not for YAML or Markdown."""

import re

# White space and controls that would break a line or be invisible in it; U+00A0 and its kin are kept.
GAPS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
NO_LETTERS = re.compile(r"[\W_]+")
CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


def well_formed(text: str) -> str:
    """Return the text with surrogate pairs joined and lone surrogates as U+FFFD, so that UTF-8 can hold it.

    An escaped lone surrogate is no way out: libyaml, and so Jekyll, refuses the whole file.
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def body_text(text: str) -> str:
    """Return a Markdown or plain body that can be written: well formed, U+FFFD for NUL as CommonMark has it."""
    return well_formed(text).replace("\0", "\ufffd")


def one_line(text: str) -> str:
    """Return the text on one line: each run of breaks, controls and spaces is one space, none at the ends."""
    return GAPS.sub(" ", well_formed(text)).strip(" ")


def letters(text: str) -> str:
    """Return the letters and digits of text alone, in one case: scripts without spaces can be compared as well."""
    return NO_LETTERS.sub("", text).casefold()


def code_line(text: str) -> str:
    """Return a line of code with its indentation and its tabs, without controls and without space at its end."""
    return CONTROLS.sub(" ", well_formed(text)).rstrip()


def cut_at_word(text: str, limit: int) -> str:
    """Return at most limit characters, up to the last word end in them; scripts without spaces are cut anywhere."""
    if len(text) <= limit:
        return text
    ends = [match.start() for match in re.finditer(r"\s", text[: limit + 1])]
    is_near = bool(ends) and ends[-1] > limit * 2 // 3
    return text[: ends[-1] if is_near else limit].rstrip()
