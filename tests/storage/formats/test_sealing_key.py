"""The key of the field ``secured``: two spellings, and no slip that shows it."""

import traceback
from base64 import b64encode

import pytest

from storage.formats.errors import BadSealingKey
from storage.formats.sealing_key import SealingKey, derive_keys, read_sealing_key

SECRET = bytes.fromhex("8f" * 31 + "fb")
NAME = "BOWERBIRD_SECURED_KEY"


@pytest.mark.parametrize(
    "text", [SECRET.hex(), SECRET.hex().upper(), f"  {SECRET.hex()}\n", b64encode(SECRET).decode()]
)
def test_a_key_is_hexadecimal_or_base64(text: str) -> None:
    assert read_sealing_key(text, name=NAME) == SealingKey(SECRET)


@pytest.mark.parametrize(
    "text",
    [
        SECRET.hex()[:-1],
        SECRET.hex() + "00",
        SECRET.hex()[:-1] + "g",
        b64encode(SECRET).decode().rstrip("="),
        b64encode(SECRET).decode().replace("+", "-").replace("/", "_"),
        b64encode(SECRET + b"\0").decode(),
        b64encode(SECRET[:16]).decode(),
        "correct horse battery staple",
        "\u0664" * 64,
        "",
    ],
)
def test_another_shape_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(BadSealingKey) as caught:
        read_sealing_key(text, name=NAME)
    assert str(caught.value).startswith(f"{NAME} is no key: ")
    assert "openssl rand -hex 32" in str(caught.value)
    shown = "".join(traceback.TracebackException.from_exception(caught.value).format())
    assert not text or text not in shown


def test_a_key_does_not_show_itself() -> None:
    shown = f"{SealingKey(SECRET)!r} {derive_keys(SealingKey(SECRET))!r}"
    assert shown == "SealingKey() DerivedKeys()"


def test_a_key_of_another_size_cannot_be_made() -> None:
    with pytest.raises(BadSealingKey):
        SealingKey(b"short")
