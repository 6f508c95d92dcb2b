"""Carrying a template out: without files, without Python's own methods, and not without end. Not for its variables."""

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from storage.formats.errors import BadTemplate
from storage.formats.templates.budget import afford, counted, joined, spend
from storage.formats.templates.names import FILTERS
from storage.formats.templates.syntax import as_jinja
from storage.formats.templates.value import as_text, size_of, text_of

MAX_RANGE = 1_000
# What a template can make Python raise.
FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
# Filters that a template cannot name, as no name has a space.
COUNTED, JOINED = " counted", " joined"
Returned = TypeVar("Returned")


class Bounding(NodeTransformer):
    """Lets every loop count its items, and ``~`` its characters."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """Count what a loop goes over."""
        node.iter = nodes.Filter(node.iter, COUNTED, [], [], None, None, lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Join texts with a filter of ours."""
        texts = nodes.List(node.nodes, lineno=node.lineno)
        return self.generic_visit(nodes.Filter(texts, JOINED, [], [], None, None, lineno=node.lineno))


def joined_parts(parts: Iterable[object]) -> str:
    """Return what a macro or a block wrote."""
    return joined([str(part) for part in parts])


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which texts have no methods, and nothing makes more of them than there is a budget for."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})
    concat = staticmethod(joined_parts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the tree of a template, bounded."""
        tree: nodes.Template = Bounding().visit(super()._parse(source, name, filename))
        return tree

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute; of methods those of a loop alone."""
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or isinstance(obj, LoopContext))

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call it: range, its own macros, and the methods of a loop.

        Raises:
            SecurityError: it may not; the message has no address of the memory in it, as Jinja's own would.
        """
        spend(1)
        if obj is steps or isinstance(obj, Macro) or isinstance(getattr(obj, "__self__", None), LoopContext):
            return True
        raise SecurityError("only range, its own macros and what a loop has can be called")

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Calculate with numbers of a sensible size, put texts or lists together, and nothing else."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return joined([left, right])
        if operator == "+" and isinstance(left, list) and isinstance(right, list):
            return counted(chain(left, right))
        if operator == "**" or not all(isinstance(each, int | float) and abs(each) < 1e15 for each in (left, right)):
            raise SecurityError(f"{operator} is for numbers of a sensible size only")
        return super().call_binop(context, operator, left, right)  # type: ignore[arg-type]


def steps(*bounds: int) -> range:
    """Return a range of at most MAX_RANGE."""
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise ValueError(f"a range has at most {MAX_RANGE} numbers")
    return numbers


def bounded(make: Callable[..., Returned]) -> Callable[..., Returned]:
    """Return a filter whose results are taken from the budget."""

    @wraps(make)
    def making(*arguments: object, **options: object) -> Returned:
        made = make(*arguments, **options)
        afford(size_of(made))
        return made

    return making


def joined_texts(values: Iterable[object]) -> str:
    """Return what ``~`` puts together."""
    return joined([text_of(value) for value in values])


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of all templates; the loader is empty, so that none can take in a file."""
    made = Environment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        loader=DictLoader({}),
        finalize=as_text,
    )
    made.filters = {name: bounded(filter_) for name, filter_ in FILTERS.items()}
    made.filters |= {COUNTED: counted, JOINED: joined_texts}
    made.tests["contains"] = lambda whole, part: part in whole
    made.globals = {"range": steps}
    return made


@lru_cache(maxsize=16)
def compiled(text: str, path: str) -> Template:
    """Return the template ready to be carried out.

    Raises:
        BadTemplate: names the line and what is wrong there.
    """
    made = environment()
    try:
        code = made.compile(as_jinja(text), filename=path)
    except TemplateSyntaxError as error:
        raise BadTemplate(path, why=str(error.message), line=error.lineno) from error
    return Template.from_code(made, code, MappingProxyType(made.globals))  # type: ignore[arg-type]
