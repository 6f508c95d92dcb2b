"""A user's own names for files, such as ``{date}-{slug}-{id}``. Not for what happens when two are the same."""

from pathlib import PurePosixPath
from string import Formatter

from storage.article import Article
from storage.errors import nearest
from storage.export.errors import BadNames
from storage.export.naming import article_key, safe_tag
from storage.formats.consumers.wording import page_slug
from storage.formats.file_name import MAX_BYTES, cut_bytes, fallback_stem, safe_file_name, tidy_stem
from storage.formats.moment import first_known_moment, utc_day

FIELDS = ("date", "slug", "title", "id", "source", "year", "month")
# What gives way where a name is too long.
ELASTIC = ("slug", "title", "source")
ID_LENGTH = 8
# A longer suffix is none: it is the end of a title.
LONGEST_SUFFIX = 8


def check_names(template: str) -> None:
    """Make sure that a template can be followed.

    Raises:
        BadNames: it holds a field that is not known, a slash, or nothing that tells articles apart.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise BadNames(template, str(error)) from error
    fields = [name for _, name, _, _ in parts if name is not None]
    for name in fields:
        if name not in FIELDS:
            raise BadNames(template, f"there is no field {name!r}.{nearest(name, FIELDS)} Known: {', '.join(FIELDS)}")
    if any(form or conversion for _, _, form, conversion in parts):
        raise BadNames(template, "a field stands alone between its braces")
    if "/" in template or "\\" in template:
        raise BadNames(template, "it names a file, not its folders; those are an option of the format")
    if not {"slug", "title", "id"} & set(fields):
        raise BadNames(template, "it needs {slug}, {title} or {id}, or all articles want one name")


def named(path: str, article: Article, template: str) -> str:
    """Return the path of a document with the template's name: of the file, or of the folder of an ``index`` file."""
    file = PurePosixPath(path)
    if file.stem == "index" and file.parent.name:
        return str(file.parent.with_name(name_of(article, template, suffix="")) / file.name)
    suffix = file.suffix if len(file.suffix) <= LONGEST_SUFFIX else ""
    return str(file.with_name(name_of(article, template, suffix=suffix)))


def name_of(article: Article, template: str, *, suffix: str) -> str:
    """Return a name that is safe on every system; one that would be too long loses words, not its date or id."""
    values = name_values(article)
    # One byte is kept for the "_" that makes a reserved name usable.
    room = MAX_BYTES - 1 - len((template.format_map({**values, **dict.fromkeys(ELASTIC, "")}) + suffix).encode())
    used = [name for _, name, _, _ in Formatter().parse(template) if name in ELASTIC]
    for name in used:
        values[name] = cut_bytes(values[name], max(room, 0) // len(used)).rstrip(" -.")
    return safe_file_name(template.format_map(values), suffix=suffix, fallback=fallback_stem(article))


def name_values(article: Article) -> dict[str, str]:
    """Return the value of each field; none holds what a file name cannot."""
    moment = first_known_moment(article)
    day = utc_day(moment).isoformat() if moment else "undated"
    return {
        "date": day,
        "year": day[:4] if moment else day,
        "month": day[5:7] if moment else day,
        "slug": page_slug(article),
        "title": tidy_stem(article.title) or fallback_stem(article),
        "source": tidy_stem(article.source) or tidy_stem(article.provider.domain) or "unknown",
        "id": safe_tag(article_key(article))[:ID_LENGTH],
    }
