"""YAML scalars for untrusted text. Not for the layout of a front matter.

Whatever the text, PyYAML, libyaml, YAML 1.2 and JavaScript readers get the same string back. The one exception is
a lone surrogate, which no file can hold: it becomes U+FFFD.
"""

import re

import yaml

from storage.formats.characters import well_formed

# What a reader would take for a line break, drop or refuse when it stands raw between double quotes.
UNSAFE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
# The same, but for the quotes and the backslash.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}

# Plain text that some reader takes for something else: YAML 1.1 and 1.2 numbers (1e3, 0o7, 1_000, 12:30:45) and
# those of Ruby (1,000) and of ruamel.yaml (-_1, and -_, which it fails on), dates, and the words of YAML 1.1.
NUMBER = re.compile(
    r"[-+][\d_]+|[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|(?=[.\d])(\d[\d_,]*)?(\.[\d_,]*)?(e[-+]?\d+)?|\d[\d_]*(:\d+)+(\.\d*)?|\.inf|\.nan)",
    re.IGNORECASE | re.ASCII,
)
DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?", re.ASCII)
PLAIN_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Words of letters and digits, and what cannot mean anything within them; a colon or a space only between two words.
OBVIOUS = re.compile(r"[^\W\d_][\w./%?=+-]*(?:(?::/+|[ :&])[\w./%?=+-]+)*")
LINE_WIDTH = 80
WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "y", "n", "on", "off", "<<", "=", "nan", "inf"})


def quote(text: str) -> str:
    """Return the text double-quoted on one line, with the escapes of JSON."""
    return f'"{UNSAFE.sub(escape, well_formed(text))}"'


def escape(found: re.Match[str]) -> str:
    """Return one character escaped: ``\\n`` and its kin, else ``\\uXXXX`` in lower case."""
    return SHORT_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


def single_quote(text: str) -> str:
    """Return the text single-quoted, or double-quoted where it holds what single quotes cannot."""
    text = well_formed(text)
    if UNPRINTABLE.search(text):
        return quote(text)
    return "'" + text.replace("'", "''") + "'"


def quote_sparingly(text: str) -> str:
    """Return the text double-quoted, but single-quoted where ``"`` is all that would need an escape."""
    needs = set(UNSAFE.findall(text))
    return single_quote(text) if needs == {'"'} else quote(text)


def plain(text: str) -> str:
    """Return the text bare, or double-quoted where any reader would not read it back as this string."""
    return text if is_plain(text) else quote(text)


def is_plain(text: str) -> bool:
    """Whether the text may stand bare after ``key: ``."""
    # Brackets are not given to the parser: thousands of them exhaust its stack.
    if is_ambiguous(text) or text.startswith(("[", "{")) or text != well_formed(text) or UNPRINTABLE.search(text):
        return False
    try:
        read = yaml.safe_load(f"key: {text}\n")
    except (yaml.YAMLError, ValueError):  # ValueError: what looks like a date but is none
        return False
    return bool(read == {"key": text})


def is_ambiguous(text: str) -> bool:
    """Whether some reader takes the bare text for a number, a date, a truth value, nothing, or a Ruby symbol."""
    return bool(
        text.lower() in WORDS or NUMBER.fullmatch(text) or DATE.fullmatch(text) or text.startswith((":", "---", "..."))
    )


def dumped(key: str, value: object) -> str:
    """Return ``key: value`` and its line end as ``yaml.dump`` writes it in block style, 80 columns wide.

    Text that PyYAML's dumper leaves bare or raw although other readers take it for something else is double-quoted
    instead (https://github.com/yaml/pyyaml/issues/173 is one of several).
    """
    if isinstance(value, list):
        return f"{key}:\n" + "".join(dumped_item(item) for item in value) if value else f"{key}: []\n"
    obvious = obvious_scalar(value, room=LINE_WIDTH - len(key) - 2)
    if obvious is not None:
        return f"{key}: {obvious}\n"
    if isinstance(value, str) and not is_dumpable(value):
        return f"{key}: {quote(value)}\n"
    return str(yaml.safe_dump({key: value}, default_flow_style=False, allow_unicode=True))


def obvious_scalar(value: object, *, room: int) -> str | None:
    """Return what PyYAML's dumper writes where that is beyond doubt, else None: it is slow to ask.

    room: characters before it would fold a line.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case None:
            return "null"
        case str():
            is_bare = OBVIOUS.fullmatch(value) and (len(value) <= room or " " not in value)
            if is_bare and not is_ambiguous(value):
                return value
            return f"'{value}'" if PLAIN_DATE.fullmatch(value) else None
        case _:
            return None


def dumped_item(text: str) -> str:
    """Return one item of a block list as ``yaml.dump`` writes it under a key."""
    obvious = obvious_scalar(text, room=LINE_WIDTH - 2)
    if obvious is not None:
        return f"- {obvious}\n"
    if not is_dumpable(text):
        return f"- {quote(text)}\n"
    written = str(yaml.safe_dump({"x": [text]}, default_flow_style=False, allow_unicode=True))
    return written.removeprefix("x:\n")


def is_dumpable(text: str) -> bool:
    """Whether PyYAML's own bytes are safe for every reader."""
    if text != well_formed(text) or UNPRINTABLE.search(text):
        return False
    return not is_ambiguous(text) or str(yaml.safe_dump(text)).startswith("'")
