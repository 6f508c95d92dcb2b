"""The key of the field ``secured``, from the environment. Not a setting: a settings file is shared and backed up."""

from collections.abc import Mapping

from bowerbird.errors import NoSecuredKey
from storage.formats.sealing_key import SealingKey, read_sealing_key

VARIABLE = "BOWERBIRD_SECURED_KEY"


def secured_key(environment: Mapping[str, str]) -> SealingKey | None:
    """Return the key; None where the variable is not set, or empty.

    Raises:
        BadSealingKey: it has another shape than a key.
    """
    text = environment.get(VARIABLE, "").strip()
    return read_sealing_key(text, name=VARIABLE) if text else None


def required_secured_key(environment: Mapping[str, str]) -> SealingKey:
    """Return the key.

    Raises:
        NoSecuredKey: there is none.
        BadSealingKey: it has another shape than a key.
    """
    key = secured_key(environment)
    if key is None:
        raise NoSecuredKey(VARIABLE)
    return key
