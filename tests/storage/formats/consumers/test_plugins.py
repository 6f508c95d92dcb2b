"""A note from the web is read and not run."""

from dataclasses import replace

import pytest
import yaml

from storage.formats.consumers.obsidian import ObsidianFormat
from storage.formats.consumers.plugins import without_plugin_code
from tests.storage.formats.consumers.articles import PLAIN


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("> ```dataviewjs\n> x\n> ```\n", "> ```text\n> x\n> ```\n"),
        ("- 1) ~~~ Tasks\n", "- 1) ~~~ text\n"),
        ("```js\n`= x` %%\n```\n", "```js\n`= x` %%\n```\n"),
        ("`= this.x` ``$= dv`` ` =x` `a = b`", "`\u2060= this.x` ``\u2060$= dv`` `\u2060 =x` `a = b`"),
        ("a %%b%% `%%`", "a %\u2060%b%\u2060% `%%`"),
        ("<%* app() %>\n\n```\n<% x %>\n```\n", "<\u2060%* app() %>\n\n```\n<\u2060% x %>\n```\n"),
    ],
)
def test_what_a_plugin_would_run_or_obsidian_hide_is_shown(body: str, written: str) -> None:
    assert without_plugin_code(body) == written


def test_templater_finds_no_command_anywhere_in_a_note() -> None:
    article = replace(PLAIN, title="\\<%* evil() %>", excerpt="<% x %>", body="\\<%* evil() %>", tags=("<%",))
    text = ObsidianFormat().write(article).text
    assert "<%" not in text
    fields = yaml.safe_load(text.split("---\n")[1])
    assert (fields["title"], fields["description"]) == (article.title, article.excerpt)
