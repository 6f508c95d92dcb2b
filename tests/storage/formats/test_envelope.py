"""The envelope of the field ``secured``: what comes out is what went in, and nothing else comes out at all."""

import string
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st

from storage.formats.envelope import seal, unseal
from storage.formats.errors import SealBroken, Unsealable
from storage.formats.sealing_key import SealingKey, derive_keys
from storage.formats.secret import LAYOUT, Secret, hash_of_url, pack_secret, unpack_secret

KEY = SealingKey(bytes(range(32)))
IV = bytes(range(100, 116))
SECRET = Secret(
    item_id="k3xw5qmd2a",
    url_hash=hash_of_url("https://example.org/blue"),
    content_hash="ab" * 32,
    captured_at=datetime(2026, 11, 2, 7, 30, 1, 250_000, tzinfo=UTC),
)
# A regular expression would not tell one message from another that is longer.
REFUSAL = "_news/a.md: the field 'secured' was changed or is sealed under another key; give the key it was sealed with"


def refusal(text: str, *, key: SealingKey = KEY) -> str:
    """What unseal says against a text."""
    with pytest.raises(SealBroken) as caught:
        unseal(text, key=key, path="_news/a.md")
    assert caught.value.__cause__ is None
    return str(caught.value)


def flipped(content: bytes, *, bit: int) -> str:
    """The base64 of the content with one bit turned."""
    index, mask = bit // 8, 1 << bit % 8
    return b64encode(content[:index] + bytes([content[index] ^ mask]) + content[index + 1 :]).decode()


def test_a_record_comes_back_as_it_went_in() -> None:
    assert unseal(seal(SECRET, key=KEY, iv=IV), key=KEY) == SECRET


def test_an_envelope_has_the_shape_that_the_format_asks_for() -> None:
    ciphertext, iv = seal(SECRET, key=KEY, iv=IV).split(";")
    assert (len(b64decode(ciphertext, validate=True)), b64decode(iv, validate=True)) == (272, IV)
    long = replace(SECRET, item_id="x" * 96)
    assert len(seal(long, key=KEY, iv=IV)) == len(seal(SECRET, key=KEY, iv=IV)) == len(f"{ciphertext};{iv}")


def test_the_ciphertext_is_aes_256_in_cbc_with_the_padding_of_pkcs7() -> None:
    ciphertext = b64decode(seal(SECRET, key=KEY, iv=IV).partition(";")[0])
    decryptor = Cipher(AES256(derive_keys(KEY).encryption), CBC(IV)).decryptor()
    plain = decryptor.update(ciphertext) + decryptor.finalize()
    assert plain.startswith(pack_secret(SECRET))
    assert plain.endswith(b"\x10" * 16)


def test_the_bytes_of_a_record_stay_as_they_are_for_good() -> None:
    assert pack_secret(SECRET).hex() == (
        "010a" + b"k3xw5qmd2a".hex() + 86 * "00" + SECRET.url_hash + 32 * "ab" + "00065f461d2000d0" + 54 * "00"
    )


def test_the_two_keys_are_not_the_one_that_was_given() -> None:
    keys = derive_keys(KEY)
    assert len({keys.encryption, keys.mac, KEY.secret}) == 3


@given(
    item_id=st.text(max_size=24),
    digest=st.binary(min_size=32, max_size=32),
    content_hash=st.just("") | st.binary(min_size=32, max_size=32).filter(any).map(bytes.hex),
    captured_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_any_record_comes_back(item_id: str, digest: bytes, content_hash: str, captured_at: datetime | None) -> None:
    secret = Secret(item_id=item_id, url_hash=digest.hex(), content_hash=content_hash, captured_at=captured_at)
    assert len(pack_secret(secret)) == LAYOUT.size
    assert unpack_secret(pack_secret(secret)) == secret


def test_one_bit_turned_anywhere_is_refused() -> None:
    ciphertext, iv = seal(SECRET, key=KEY, iv=IV).split(";")
    texts = [f"{flipped(b64decode(ciphertext), bit=bit)};{iv}" for bit in range(272 * 8)]
    texts += [f"{ciphertext};{flipped(IV, bit=bit)}" for bit in range(16 * 8)]
    assert {refusal(text) for text in texts} == {REFUSAL}


def test_every_other_spelling_is_refused() -> None:
    envelope = seal(SECRET, key=KEY, iv=IV)
    ciphertext, iv = envelope.split(";")
    whole = b64decode(ciphertext)
    cut = [f"{b64encode(whole[:size]).decode()};{iv}" for size in (0, 16, 255, 256, 271)]
    moved = [f"{b64encode(whole[16:] + whole[:16]).decode()};{iv}", f"{b64encode(whole + IV).decode()};{iv}"]
    spelled = [f" {envelope}", f"{envelope}\n", f"{envelope};", envelope.rstrip("="), f"{envelope[:9]}\n{envelope[9:]}"]
    # The last letter before == has four bits that count for nothing.
    last = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    loose = f"{envelope[:-3]}{last[last.index(envelope[-3]) + 1]}=="
    assert b64decode(loose.split(";")[1]) == IV
    wrong = ["", ";", "x", f"{iv};{ciphertext}", ciphertext, f"{ciphertext};", f";{iv}", f"{ciphertext};{iv}é", loose]
    assert {refusal(text) for text in cut + moved + spelled + wrong} == {REFUSAL}


def test_another_key_is_refused_with_the_same_words() -> None:
    envelope = seal(SECRET, key=KEY, iv=IV)
    for index in range(32):
        other = bytearray(KEY.secret)
        other[index] ^= 1
        assert refusal(envelope, key=SealingKey(bytes(other))) == REFUSAL


def test_padding_that_is_right_does_not_help_a_forger() -> None:
    keys = derive_keys(KEY)
    for plain in (bytes(256) + b"\x10" * 16, pack_secret(SECRET) + bytes(32) + b"\x10" * 16, bytes(272)):
        encryptor = Cipher(AES256(keys.encryption), CBC(IV)).encryptor()
        forged = encryptor.update(plain) + encryptor.finalize()
        assert refusal(f"{b64encode(forged).decode()};{b64encode(IV).decode()}") == REFUSAL


def test_the_envelopes_of_others_are_refused(shared: Path) -> None:
    seed = (shared / "formats/seeds/000_news.md").read_text(encoding="utf-8")
    envelope = seed.split('secured: "')[1].split('"')[0]
    assert refusal(envelope) == REFUSAL


@pytest.mark.parametrize(
    ("secret", "field"),
    [
        (replace(SECRET, item_id="ä" * 49), "id"),
        (replace(SECRET, url_hash="ab"), "hash of the URL"),
        (replace(SECRET, content_hash="no hash"), "hash of the text"),
    ],
)
def test_what_does_not_fit_is_named(secret: Secret, field: str) -> None:
    with pytest.raises(Unsealable, match=f"the article's {field}: "):
        seal(secret, key=KEY, iv=IV)
