"""A template's text for one article, or the line it fails at. Not for what a template can do."""

from collections.abc import Mapping

from jinja2 import TemplateNotFound

from storage.formats.errors import BadTemplate
from storage.formats.templates.budget import joined, new_budget
from storage.formats.templates.environment import FAILURES, compiled


def render(text: str, variables: Mapping[str, object], *, path: str) -> str:
    """Return what a template makes of the variables.

    path: what messages call the template.

    Raises:
        BadTemplate: it cannot be read, uses what there is not, or makes too much.
    """
    template = compiled(text, path)
    try:
        with new_budget():
            return joined(list(template.generate(variables)))
    except FAILURES as error:
        raise BadTemplate(path, why=reason(error), line=line_of(error, path=path)) from error


def reason(error: Exception) -> str:
    """Return what went wrong, on one line."""
    if isinstance(error, TemplateNotFound):
        return f"there is no {error.name!r}: a template stands alone"
    return " ".join(str(error).split()) or type(error).__name__


def line_of(error: Exception, *, path: str) -> int | None:
    """Return the last line of the template that was carried out; Jinja gives its frames the template's own lines."""
    line = None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
