"""Which values are masked."""

import pytest

from bowerbird.settings.secrets import masked
from storage.identity.password import MASK


@pytest.mark.parametrize(
    "key",
    ["password", "api_key", "apiKey", "API_KEY", "key", "access_token", "clientSecret", "sslpassword", "passphrase"],
)
def test_a_key_that_says_so_is_secret(key: str) -> None:
    assert masked(key, "geheim") == MASK
    assert masked("url", f"https://example.org/?a=1&{key}=geheim#x") == f"https://example.org/?a=1&{key}={MASK}#x"
    assert masked("options", {key: "geheim", "other": "x"}) == {key: MASK, "other": "x"}


@pytest.mark.parametrize("key", ["keep_pages_days", "keywords", "monkey", "keyboard", "passage", "name"])
def test_other_keys_are_not(key: str) -> None:
    assert masked(key, "plain") == "plain"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://me:p%40ss@host:5432/x", f"postgresql+psycopg://me:{MASK}@host:5432/x"),
        ("postgresql://me:p:w@host/x", f"postgresql://me:{MASK}@host/x"),
        ("postgresql://me:p@ss@host/x", f"postgresql://me:{MASK}@host/x"),
        ("https://:geheim@host/", f"https://:{MASK}@host/"),
        ("https://0123456789abcdef0123@host/", f"https://{MASK}@host/"),
        ("postgresql://me@host/x", "postgresql://me@host/x"),
        ("https://example.org:8080/a@b:c@d", "https://example.org:8080/a@b:c@d"),
        ("sqlite:///data/bowerbird.db", "sqlite:///data/bowerbird.db"),
    ],
)
def test_passwords_in_urls_are_masked(url: str, shown: str) -> None:
    assert masked("database", url) == shown
    assert masked("hosts", (url,)) == [shown]


def test_an_empty_secret_is_shown_to_be_empty() -> None:
    assert masked("password", "") == ""
    assert masked("token", None) is None


def test_what_a_site_is_sent_is_shown_only_where_it_comes_from_the_environment() -> None:
    given = {"Authorization": "Bearer ${DESK_TOKEN}", "X-Desk": "geheim", "Accept-Language": "de"}
    shown = {"Authorization": "Bearer ${DESK_TOKEN}", "X-Desk": MASK, "Accept-Language": MASK}
    assert masked("headers", given) == shown
    assert masked("cookies", {"session": "${SESSION}", "id": "a1"}) == {"session": "${SESSION}", "id": MASK}
