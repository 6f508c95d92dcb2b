"""The filters of a template by name: those of Obsidian's Web Clipper, some of Jinja, ``yaml``. Not for what they do."""

from collections.abc import Callable, Iterable, Mapping

from jinja2 import pass_context
from jinja2.filters import FILTERS as OF_JINJA
from jinja2.runtime import Context

from storage.formats.templates import filters, lists
from storage.formats.templates.budget import counted
from storage.formats.templates.moments import format_moment, modify_date
from storage.formats.templates.value import as_json

Filter = Callable[..., object]
# Those of Jinja that cannot be made to take for ever or all memory, and those that give a list.
JINJA = ("default", "int", "float", "sort", "striptags")
JINJA_OF_LISTS = ("map", "reject", "select")


def eager(name: str) -> Filter:
    """Return a filter of Jinja that gives a list and no generator, which can be joined, counted and written."""

    @pass_context
    def making(context: Context, value: object, *arguments: object, **options: object) -> list[object]:
        items: Iterable[object] = OF_JINJA[name](context, lists.items_of(value), *arguments, **options)
        return counted(items)

    return making


FILTERS: Mapping[str, Filter] = {
    **{name: OF_JINJA[name] for name in JINJA},
    **{name: eager(name) for name in JINJA_OF_LISTS},
    "blockquote": filters.blockquote,
    "calc": filters.calc,
    "callout": filters.callout,
    "camel": filters.camel,
    "capitalize": filters.capitalize,
    "date": format_moment,
    "date_modify": modify_date,
    "decode_uri": filters.decode_uri,
    "first": lists.first,
    "footnote": lists.footnote,
    "image": filters.image,
    "join": lists.join,
    "kebab": filters.kebab,
    "last": lists.last,
    "length": lists.length,
    "link": filters.link,
    "list": lists.list_,
    "lower": filters.lower,
    "merge": lists.merge,
    "pascal": filters.pascal,
    "replace": filters.replace,
    "reverse": lists.reverse,
    "round": filters.round_,
    "safe_name": filters.safe_name,
    "slice": filters.slice_,
    "snake": filters.snake,
    "split": lists.split,
    "strip_tags": filters.strip_tags,
    "table": lists.table,
    "title": filters.title,
    "tojson": as_json,
    "trim": filters.trim,
    "uncamel": filters.uncamel,
    "unescape": filters.unescape,
    "unique": lists.unique,
    "upper": filters.upper,
    "wikilink": filters.wikilink,
    "yaml": filters.yaml,
}
