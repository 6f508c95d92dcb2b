"""User names and passwords in URLs, and what is shown in their place. Not for secrets of any other kind."""

import re

MASK = "********"
PASSWORD = re.compile(r"(?P<before>\w://[^\s/?#@:]*:)[^\s/?#]+(?=@)")
USER = re.compile(r"(?P<before>\w://)[^\s/?#@:]{16,}(?=@)")


def mask_password(text: str) -> str:
    """Return text with the passwords, and the long user names that may be tokens, of URLs in it masked.

    The key of a URL stays the same: see url_key.
    """
    if "@" not in text:
        return text
    return USER.sub(rf"\g<before>{MASK}", PASSWORD.sub(rf"\g<before>{MASK}", text))
