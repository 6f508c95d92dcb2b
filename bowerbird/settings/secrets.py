"""Which values are secret, and how they are shown. Not for keeping secrets."""

import re
from collections.abc import Mapping

from storage.identity.password import MASK, mask_password

# ``key`` as a word only: not keywords, not monkeys.
SECRET_NAME = re.compile(
    r"token|secret|pass(?:word|wd|phrase)|credential|api_?key|(?<![a-z])key(?![a-z])", re.IGNORECASE
)
SENT = frozenset({"headers", "cookies"})  # all that a site is sent may be a password
FROM_ENVIRONMENT = re.compile(r"(?:Bearer |Basic |Token )?\$\{\w+\}")
URL_ARGUMENT = re.compile(r"(?P<before>[?&;](?P<name>[^\s=&;#?]*)=)[^\s&;#]+")


def masked(key: str, value: object) -> object:
    """Return value with its secrets masked: all of it where key says so, else passwords and tokens in URLs."""
    if is_secret(key) and value not in (None, "", (), []):
        return MASK
    if key in SENT and isinstance(value, Mapping):
        return {name: item if FROM_ENVIRONMENT.fullmatch(str(item)) else MASK for name, item in value.items()}
    if isinstance(value, Mapping):
        return {name: masked(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked("", item) for item in value]
    return masked_url(value) if isinstance(value, str) else value


def is_secret(key: str) -> bool:
    """Whether the name of a key, or of an argument in a URL, says that its value is secret."""
    return SECRET_NAME.search(key) is not None


def masked_url(text: str) -> str:
    """Return text with the passwords, long user names and secret arguments of URLs in it masked."""
    return URL_ARGUMENT.sub(mask_argument, mask_password(text))


def mask_argument(found: re.Match[str]) -> str:
    """Return one argument of a URL, masked if its name says so."""
    return found["before"] + MASK if is_secret(found["name"]) else found[0]
