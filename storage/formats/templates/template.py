"""The format ``template``: what a user's own template makes of an article. Not for reading the template's file."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import yaml
from pydantic import Field

from storage.article import Article
from storage.formats.characters import body_text
from storage.formats.errors import BadTemplate
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import LOADER
from storage.formats.options import FormatOptions, read_options
from storage.formats.templates.environment import compiled
from storage.formats.templates.rendering import render
from storage.formats.templates.variables import for_names, template_variables

FENCE = "---\n"
LONGEST_SUFFIX = 8


class TemplateOptions(FormatOptions):
    """template: the file. path: a template of each article's path. text: what the file holds, once it was read."""

    template: str = Field(min_length=1)
    path: str = "{{date}}-{{slug}}.md"
    text: str | None = None


class TemplateFormat(Format):
    """Writes what the template says, where its path says."""

    name = "template"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not TemplateOptions, and templates that Jinja cannot read.

        Raises:
            BadTemplate: names file, line and reason.
        """
        chosen = read_options(TemplateOptions, options, format_name=self.name)
        compiled(chosen.path, path_name(chosen))
        if chosen.text is not None:
            compiled(chosen.text, chosen.template)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return what the template makes of the article.

        Raises:
            BadTemplate: it fails, or its front matter could not be read back.
        """
        chosen = read_options(TemplateOptions, options, format_name=self.name)
        if chosen.text is None:
            raise BadTemplate(chosen.template, why="its file was not read")
        variables = template_variables(article)
        text = body_text(render(chosen.text, variables, path=chosen.template))
        verify_text(text, template=chosen.template)
        path = render(chosen.path, for_names(variables), path=path_name(chosen))
        return Document(path=safe_path(path, fallback=fallback_stem(article)), text=text)


def path_name(options: TemplateOptions) -> str:
    """Return what messages call the template of the paths."""
    return f"the option path of {options.template}"


def safe_path(path: str, *, fallback: str) -> str:
    """Return a relative path each part of which any system takes; parts of nothing but dots are left out."""
    *folders, name = [part for part in path.split("/") if part.strip(" .")] or [fallback]
    suffix = PurePosixPath(name).suffix
    suffix = suffix if suffix[1:].isalnum() and len(suffix) <= LONGEST_SUFFIX else ""
    stem = name.removesuffix(suffix)
    parts = [safe_file_name(folder, suffix="", fallback="_") for folder in folders]
    return "/".join([*parts, safe_file_name(stem, suffix=suffix, fallback=fallback)])


def verify_text(text: str, *, template: str) -> None:
    """Make sure that a front matter, where the text begins with one, can be read.

    Raises:
        BadTemplate: it cannot, or is no mapping.
    """
    end = text.find(f"\n{FENCE}")
    if not text.startswith(FENCE) or end < 0:
        return
    try:
        found = yaml.load(text[len(FENCE) : end + 1], LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = text[len(FENCE) :].split("\n")[mark.line].partition(":")[0] if mark else ""
        why = (
            f"the front matter it makes cannot be read back{f' at {line!r}' if line else ''}; write |yaml after values"
        )
        raise BadTemplate(template, why=why) from error
    if not isinstance(found, dict):
        raise BadTemplate(template, why="the front matter it makes is no mapping of names to values")
