"""Whose file it is, by what its front matter says. Not for where files are looked for."""

import json
from collections.abc import Mapping

from storage.export.front import short_hash

# The names under which the formats write an article's id or address, the surest first.
NAMES = (
    "bowerbird_id",
    "bowerbirdId",
    "arturl_encode",
    "link",
    "originalUrl",
    "webUrl",
    "source_url",
    "sourceUrl",
    "source",
    "url",
)
# Of these names any value will do; elsewhere a name of a site may stand.
ALWAYS = frozenset({"bowerbird_id", "bowerbirdId", "arturl_encode"})


def identity_of(values: Mapping[str, str]) -> str:
    """Return what tells whose file it is, as a hash; empty where nothing does.

    values: as values_of gives them. In TOML they may stand in a table.
    """
    by_name = {name.rpartition(".")[2]: value for name, value in values.items()}
    for name in NAMES:
        value = by_name.get(name, "")
        text = json.loads(value) if value.startswith('"') else ""
        if text and (name in ALWAYS or text.startswith(("http://", "https://"))):
            return short_hash(f"{name}={text}")
    return ""
