"""The envelope of the field ``secured``: base64 of the ciphertext, ``;``, base64 of the IV. Not for what is in it.

AES-256-CBC with PKCS#7 does not notice a change, so the record goes in with its HMAC-SHA-256, and the ciphertext has
one size only: what does not fit, in whatever way, is refused by one comparison with one error.
"""

import hmac
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from storage.formats.errors import SealBroken
from storage.formats.sealing_key import DerivedKeys, SealingKey, derive_keys
from storage.formats.secret import LAYOUT, Secret, pack_secret, unpack_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK_BYTES = 16
MAC_BYTES = 32
PLAIN_BYTES = LAYOUT.size + MAC_BYTES
# PKCS#7 of a text that fills its blocks is one more block.
PADDING = bytes([BLOCK_BYTES]) * BLOCK_BYTES
CIPHERTEXT_BYTES = PLAIN_BYTES + BLOCK_BYTES


def seal(record: Secret, *, key: SealingKey, iv: bytes) -> str:
    """Return the envelope of a record.

    iv: 16 random bytes, never the same twice under one key.

    Raises:
        Unsealable: the record holds what does not fit.
    """
    keys = derive_keys(key)
    content = pack_secret(record)
    encryptor = cipher(keys, iv=iv).encryptor()
    ciphertext = encryptor.update(content + mac_of(content, keys) + PADDING) + encryptor.finalize()
    return f"{b64encode(ciphertext).decode()};{b64encode(iv).decode()}"


def unseal(text: str, *, key: SealingKey, path: str = "the envelope") -> Secret:
    """Return the record of an envelope, once its MAC has been checked.

    path: the file it stands in, for the message.

    Raises:
        SealBroken: it is not what seal made under this key, in whatever way.
    """
    keys = derive_keys(key)
    first, _, second = text.partition(";")
    ciphertext, iv = decoded(first), decoded(second)
    if len(ciphertext) != CIPHERTEXT_BYTES or len(iv) != BLOCK_BYTES:
        raise SealBroken(path)
    decryptor = cipher(keys, iv=iv).decryptor()
    plain = decryptor.update(ciphertext) + decryptor.finalize()
    content, rest = plain[: LAYOUT.size], plain[LAYOUT.size :]
    # The padding is compared together with the MAC: told apart, they would be an oracle for the plain text.
    if not hmac.compare_digest(rest, mac_of(content, keys) + PADDING):
        raise SealBroken(path)
    return unpack_secret(content)


def mac_of(content: bytes, keys: DerivedKeys) -> bytes:
    """Return the HMAC-SHA-256 of a record."""
    return hmac.digest(keys.mac, content, "sha256")


def decoded(text: str) -> bytes:
    """Return what base64 stands for; nothing where it is none, or another spelling of the same bytes."""
    try:
        content = b64decode(text, validate=True)
    except ValueError:
        return b""
    return content if b64encode(content).decode() == text else b""


def cipher(keys: DerivedKeys, *, iv: bytes) -> "Cipher[CBC]":
    """Return AES-256-CBC. That the package is there has shown where the keys were derived."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    return Cipher(AES256(keys.encryption), CBC(iv))
