"""Filters written as Obsidian's Web Clipper has them, turned into Jinja's. Not for what the filters do.

``{{ date|date:"YYYY" }}`` is ``{{ date|date("YYYY") }}``, and ``replace:("a":"b")`` is ``replace("a", "b")``. The marks
of logic are words in Jinja: ``{{ title ?? "none" }}`` is ``{{ title or "none" }}``.
"""

import re

EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STRING = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')"""
VALUE = rf"(?:{STRING}|-?\d++(?:\.\d++)?|[A-Za-z][\w-]*+)"
VALUES = rf"{VALUE}(?:[ \t]*+[,:][ \t]*+{VALUE})*+"
ARGUMENTS = re.compile(
    rf"{STRING}|(?P<operator>\?\?|\|\||&&|!(?!=)|(?<=\s)contains(?=\s)|(?<=\s)elseif(?=\s))"
    rf"|\|[ \t]*+(?P<name>\w++)[ \t]*+:[ \t]*+(?:\([ \t]*+(?P<several>{VALUES})[ \t]*+\)|(?P<bare>{VALUES}))"
)
WORD = re.compile(r"[A-Za-z][\w-]*")
ESCAPED_MARK = re.compile(r"\\([:|{}()])")
OPERATORS = {"??": "or", "||": "or", "&&": "and", "!": "not ", "contains": "is contains", "elseif": "elif"}


def as_jinja(template: str) -> str:
    """Return the template in Jinja's own spelling; no line is moved."""
    return EXPRESSION.sub(lambda found: ARGUMENTS.sub(called, found[0]), template)


def called(found: re.Match[str]) -> str:
    """Return a filter and its arguments as a call, an operator in Jinja's spelling; a text stays as it is."""
    if found["operator"]:
        return OPERATORS[found["operator"]]
    if found["name"] is None:
        return found[0]
    values = re.findall(VALUE, found["several"] or found["bare"])
    return f"|{found['name']}({', '.join(quoted(value) for value in values)})"


def quoted(value: str) -> str:
    """Return an argument; a bare word, such as in ``list:task``, is a text, but for the values that Jinja has.

    A backslash before a mark of the Web Clipper's is one to the filter; to Jinja it would be a wrong escape.
    """
    if value == "null":
        return "none"
    if value[0] in "'\"":
        return ESCAPED_MARK.sub(r"\\\\\1", value)
    return f'"{value}"' if WORD.fullmatch(value) and value not in ("true", "false") else value
