"""The lines of a robots.txt, put so that Protego reads them as RFC 9309 does. Not for what they forbid.

Protego takes ``User-agent: bower`` for ``bowerbird``, lets a line that nobody knows end a group, and takes a name with
a space for one nobody has.
"""

import re
from urllib.parse import quote

# Named alike on both sides and closed by this, a product token matches the whole of another or nothing.
END_OF_TOKEN = "/"
NO_TOKEN = "-"
LINE_BREAK = re.compile(r"\r\n|\r|\n")
# Where str.splitlines, and so Protego, would begin a new line and RFC 9309 does not.
FALSE_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
RAW_BYTE = re.compile("[\udc80-\udcff]")
AGENT_LINE = re.compile(r"(?i)user[- ]?agent\s*[:\s]\s*(.*)")
# Protego forgives these misspellings, too.
KNOWN_LINE = re.compile(r"(?i)(allow|dis?s?all?ow|diasllow|disallaw|crawl[- ]delay|site-?maps?)\s*[:\s]")
TOKEN = re.compile(r"[A-Za-z_-]+")
COMPATIBLE = re.compile(r"\(compatible;\s*([A-Za-z_-]+)")


def text_of(body: bytes, *, limit: int) -> str:
    """Return the text of a robots.txt: its first limit bytes, without a line that this cuts.

    A byte that is no UTF-8 becomes its percent-encoding, which is what a URL with that byte holds.
    """
    if len(body) > limit:
        body = body[: max(body.rfind(b"\n", 0, limit), body.rfind(b"\r", 0, limit)) + 1]
    text = body.decode("utf-8-sig", errors="surrogateescape")
    return RAW_BYTE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)


def lines_for_protego(text: str) -> str:
    """Return the lines that carry a meaning for us, each user agent as as_agent puts it."""
    kept = (kept_line(line.partition("#")[0].strip()) for line in LINE_BREAK.split(text))
    return "\n".join(line for line in kept if line)


def kept_line(line: str) -> str | None:
    """Return one line as it goes to Protego, or None for one that says nothing to us."""
    found = AGENT_LINE.match(line)
    if found:
        return f"User-agent: {named_agent(found[1])}"
    if KNOWN_LINE.match(line):
        return FALSE_BREAK.sub(lambda mark: quote(mark[0]), line)
    return None


def named_agent(value: str) -> str:
    """Return whom a user-agent line means: its value's leading token (RFC 9309, 2.2.1), or everyone."""
    if value == "*" or (value[:1] == "*" and value[1:2].isspace()):
        return "*"
    token = TOKEN.match(value)
    return as_agent(token[0] if token else NO_TOKEN)


def as_agent(token: str) -> str:
    """Return the name under which Protego is asked for the rules of a product token."""
    return (token if TOKEN.fullmatch(token) else NO_TOKEN) + END_OF_TOKEN


def product_token(user_agent: str) -> str:
    """Return the product token of a User-Agent header: the name that a robots.txt may call us by."""
    if "bowerbird" in user_agent.lower():
        return "Bowerbird"
    found = COMPATIBLE.search(user_agent)
    if found:
        return found[1]
    leading = TOKEN.match(user_agent)
    return leading[0] if leading else NO_TOKEN
