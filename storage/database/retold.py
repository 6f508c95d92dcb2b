"""What a fresh reading of the same text tells better than the record we have. Pure; not for the text itself."""

from datetime import datetime

from storage.article import Article, Image, Origin
from storage.database.columns import to_json
from storage.database.written import is_written

# In words, by field. What a reader would call a change of the article, and what is kept in passing.
TOLD = {
    "title": "title",
    "authors": "authors",
    "published_at": "date of publication",
}
IN_PASSING = {
    "modified_at": "date of modification",  # many a page tells the time of the visit
    "tags": "tags",
    "keywords": "tags",
    "categories": "categories",
    "excerpt": "excerpt",
    "images": "images",
    "is_paywalled": "paywall flag",
    "is_truncated": "cut flag",
}
FLAGS = ("is_paywalled", "is_truncated")


def retold(fresh: Article, known: Article) -> tuple[str, ...]:
    """Return the fields that fresh tells otherwise than known, and no worse.

    An empty value is worse than any, a guess than a sure one, a day than a time on it.
    """
    return tuple(name for name in (*TOLD, *IN_PASSING) if is_better(name, fresh, known))


def is_better(name: str, fresh: Article, known: Article) -> bool:
    """Whether one field of the fresh article is to replace the known one."""
    new, old = getattr(fresh, name), getattr(known, name)
    if name in FLAGS:
        return bool(new != old)
    if not to_json(new) or is_same(new, old) or is_written(name, known):
        return False
    return not old or is_sure(name, fresh) or not is_sure(name, known)


def is_same(new: object, old: object) -> bool:
    """Whether two values say the same, as far as the store can tell them apart."""
    if isinstance(new, datetime) and isinstance(old, datetime):
        return new == old
    if isinstance(old, datetime):
        return old.date() == new
    if isinstance(new, tuple) and isinstance(old, tuple) and any(isinstance(one, Image) for one in (*new, *old)):
        return addresses(new) == addresses(old)
    return bool(to_json(new) == to_json(old))


def addresses(images: tuple[Image, ...]) -> list[str]:
    """The pictures' addresses without their queries: signatures and sizes in those differ at every visit."""
    return [image.url.partition("?")[0] for image in images]


def is_sure(name: str, article: Article) -> bool:
    """Whether a value is sure; one whose origin nobody told is taken for it."""
    return article.origins.get("tags" if name == "keywords" else name, Origin("")).confidence == "sure"


def what_changed(names: tuple[str, ...]) -> str:
    """Say what changed: ``the title and the authors changed``, or nothing where no reader would call it a change."""
    told = [f"the {TOLD[name]}" for name in names if name in TOLD]
    return f"{' and '.join(told)} changed" if told else ""


def what_else(names: tuple[str, ...]) -> str:
    """Name what is kept in passing: ``tags and excerpt``."""
    return " and ".join(dict.fromkeys(IN_PASSING[name] for name in names if name in IN_PASSING))
