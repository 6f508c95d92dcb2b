"""What a person wrote into an article's file, which no crawl takes away again. Not for what they set of its reading."""

from dataclasses import replace
from typing import Any

from storage.article import BY_FILE, WRITTEN, Article, Origin


def is_written(name: str, known: Article) -> bool:
    """Whether a field of an article came from a file."""
    return name in WRITTEN and known.origins.get(name, Origin("")).origin == BY_FILE


def with_written(fresh: Article, known: Article) -> Article:
    """Return the fresh article with the fields that its file had said before."""
    names = [name for name in WRITTEN if is_written(name, known) and not is_written(name, fresh)]
    written: dict[str, Any] = {name: getattr(known, name) for name in names}
    origins = {name: known.origins[name] for name in names}
    return replace(fresh, **written, origins={**fresh.origins, **origins}) if names else fresh
