"""When two URLs are the same. Not for whether a URL may be fetched: that is the gate's."""

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote_plus, urlsplit

from w3lib.url import canonicalize_url

from storage.identity.password import mask_password
from storage.identity.text import storable

# Parameters that say who sent a reader and never what is read. Closed: a name that some site uses for its content
# (ref, source, id, s, p) must not be here, for two articles would become one.
TRACKING_PREFIXES = ("utm_", "mtm_")
# fmt: off
TRACKING = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "at_campaign", "at_medium", "cmpid", "dclid", "fbclid", "gbraid",
    "gclid", "gclsrc", "hsctatracking", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "ml_subscriber", "ml_subscriber_hash", "msclkid", "ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel",
    "ns_source", "oly_anon_id", "oly_enc_id", "pk_campaign", "pk_kwd", "rb_clickid", "srsltid", "ttclid", "twclid",
    "vero_conv", "vero_id", "wbraid", "wickedid", "xtor", "yclid", "ysclid",
})
# fmt: on
# Parameters that name a visit. The first are never anything else; the others only where their value is as long and as
# random as such a name: sid=123 may well be a story.
SESSIONS = ("aspsessionid", "cfid", "cftoken", "jsessionid", "oscsid", "phpsessid", "zenid")
PERHAPS_SESSIONS = frozenset({"s", "session", "session_id", "sessionid", "sess", "sessid", "sid"})
SESSION_VALUE = re.compile(r"(?=[a-zA-Z]*\d)(?=\d*[a-zA-Z])(?:[0-9a-zA-Z]{26}|[0-9a-zA-Z]{32,128})")
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;?]*", re.IGNORECASE)
# PostgreSQL indexes at most 2,704 bytes a value.
LONGEST_KEY = 1000
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@lru_cache(maxsize=512)  # one outcome asks four times for the same URL
def url_key(url: str) -> str:
    """Return the key under which two URLs are the same: ASCII, at most 1,000 characters.

    http and https share a key, written as https; host in lower case; user, default port and fragment dropped; query
    sorted, without tracking parameters and session ids; the path as it is, save that no path is ``/``: a site may well
    serve two pages at ``/a`` and ``/a/``. A longer key ends in its SHA-256.

    Never raises. A URL that cannot be read is its own key, without its password.
    """
    text = mask_password(storable(url).strip())
    try:
        key = canonical(text)
    except ValueError:
        key = text
    # A host that is no name keeps its letters, and so does a URL that cannot be read.
    key = quote(key, safe=PRINTABLE)
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}~{digest}"


def canonical(url: str) -> str:
    """Return the key of a URL that can be read.

    Raises:
        ValueError: its host, port or address cannot be read.
    """
    clean = canonicalize_url(url)
    parts = urlsplit(clean)
    if parts.scheme not in ("http", "https"):
        return clean
    host = parts.netloc.rpartition("@")[2]
    host = host.removesuffix(":80").removesuffix(":443").removesuffix(".")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not is_tracking(pair) and not is_session(pair))
    path = SESSION_IN_PATH.sub("", parts.path)
    return f"https://{host}{path or '/'}" + (f"?{query}" if query else "")


def is_tracking(pair: str) -> bool:
    """Whether ``name=value`` only says where a reader came from."""
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def is_session(pair: str) -> bool:
    """Whether ``name=value`` only says which visit it is."""
    name, _, value = pair.partition("=")
    name = unquote_plus(name).lower()
    return name.startswith(SESSIONS) or (name in PERHAPS_SESSIONS and SESSION_VALUE.fullmatch(value) is not None)


def key_host(key: str) -> str:
    """Return the host, with its port, of a key; empty where the key has none."""
    return key.partition("://")[2].partition("/")[0]
