"""The key of the field ``secured``: from a person's text to the keys of two algorithms. Not for using them."""

import re
from base64 import b64decode
from dataclasses import dataclass, field

from storage.formats.errors import BadSealingKey

KEY_BYTES = 32
HEX_DIGITS = re.compile(r"[0-9A-Fa-f]{64}", re.ASCII)
# Another purpose, or another layout of the record, is another text here, and so has other keys.
PURPOSE = b"bowerbird secured 1"


@dataclass(frozen=True, slots=True)
class SealingKey:
    """32 bytes; no message and no traceback shows them."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise BadSealingKey("the sealing key")


@dataclass(frozen=True, slots=True)
class DerivedKeys:
    """A key for each algorithm."""

    encryption: bytes = field(repr=False)
    mac: bytes = field(repr=False)


def read_sealing_key(text: str, *, name: str) -> SealingKey:
    """Return the key that 64 hexadecimal digits stand for, or the base64 of 32 bytes; white space around them is none.

    name: where the text comes from, for the message.

    Raises:
        BadSealingKey: it is neither.
    """
    text = text.strip()
    # The digits first: they would be base64, too, of 48 bytes.
    secret = bytes.fromhex(text) if HEX_DIGITS.fullmatch(text) else decoded(text)
    if len(secret) != KEY_BYTES:
        # Without the cause, whose message may quote the text.
        raise BadSealingKey(name) from None
    return SealingKey(secret)


def decoded(text: str) -> bytes:
    """Return what base64 stands for; nothing where it is none."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


def derive_keys(key: SealingKey) -> DerivedKeys:
    """Return the keys that HKDF (RFC 5869) makes of one."""
    # Here, as few have a key and the package takes its time to load.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # No salt: the key is random already, and the RFC allows for it.
    both = HKDF(algorithm=SHA256(), length=2 * KEY_BYTES, salt=None, info=PURPOSE).derive(key.secret)
    return DerivedKeys(both[:KEY_BYTES], both[KEY_BYTES:])
