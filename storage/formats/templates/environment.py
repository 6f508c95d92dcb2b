"""Carrying a template out: without files, without Python's own methods, and not without end. Not for its variables."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from storage.formats.errors import BadTemplate
from storage.formats.templates.filters import FILTERS, OF_JINJA
from storage.formats.templates.syntax import as_jinja

MAX_CHARACTERS = 16_000_000
MAX_STEPS = 1_000
# What a template can make Python raise.
FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which texts have no methods and no operator multiplies them: only filters make new ones."""

    intercepted_binops = frozenset({"*", "**"})

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute; of methods those of a loop alone."""
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or isinstance(obj, LoopContext))

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call it: range, its own macros, and the methods of a loop."""
        return obj is steps or isinstance(obj, Macro) or isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Multiply numbers of a sensible size, and nothing else."""
        if operator == "*" and all(isinstance(each, int | float) and abs(each) < 1e15 for each in (left, right)):
            return left * right  # type: ignore[operator]
        raise SecurityError(f"{operator} is for numbers of a sensible size only")


def steps(*bounds: int) -> range:
    """Return a range of at most MAX_STEPS."""
    numbers = range(*bounds)
    if len(numbers) > MAX_STEPS:
        raise ValueError(f"a range has at most {MAX_STEPS} numbers")
    return numbers


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of all templates; the loader is empty, so that none can take in a file."""
    made = Environment(autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True, loader=DictLoader({}))
    filters: Mapping[str, Callable[..., object]] = {name: JINJA_FILTERS[name] for name in OF_JINJA}
    made.filters = {**filters, **FILTERS}
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


def render(text: str, variables: Mapping[str, object], *, path: str) -> str:
    """Return what a template makes of the variables.

    path: what messages call the template.

    Raises:
        BadTemplate: it cannot be read, uses what there is not, or makes too much.
    """
    parts: list[str] = []
    size = 0
    try:
        for part in compiled(text, path).generate(variables):
            parts.append(part)
            size += len(part)
            if size > MAX_CHARACTERS:
                raise SecurityError(f"it makes more than {MAX_CHARACTERS} characters")
    except FAILURES as error:
        raise BadTemplate(path, why=str(error) or type(error).__name__, line=line_of(error, path=path)) from error
    return "".join(parts)


def line_of(error: Exception, *, path: str) -> int | None:
    """Return the last line of the template that was carried out; Jinja gives its frames the template's own lines."""
    line = None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
