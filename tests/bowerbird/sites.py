"""Sites of Hugo and Jekyll for exported articles: a skeleton, the build, what it shows. Not a test."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from lxml.etree import _Element
from markdown_it import MarkdownIt

from crawler.extract.hidden import drop

TIMEOUT_SECONDS = 300
MATHEMATICS = re.compile(r"\$\$|\\[()\[\]]")
NOTE = re.compile(r"\[\^(\d+)\](:?)")
PAGE = "<!doctype html><title>{title}</title><h1>{title}</h1><p id=by>{id}</p><main>{content}</main>"
HUGO = {
    "config.toml": """baseURL = "https://example.net/"
enableInlineShortcodes = true
disableKinds = ["RSS", "sitemap"]
[markup.goldmark.extensions]
typographer = false
""",
    "layouts/_default/single.html": PAGE.format(
        title="{{ .Title }}", id="{{ .Params.bowerbird_id }}", content="{{ .Content }}"
    ),
    "layouts/_default/list.html": "{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}",
}
JEKYLL = {
    "_config.yml": """title: A site
permalink: /:title/
timezone: America/Los_Angeles
kramdown: {smart_quotes: "apos,apos,quot,quot", typographic_symbols: {hellip: "...", mdash: "---", ndash: "--",
  laquo: "<<", raquo: ">>", laquo_space: "<< ", raquo_space: " >>"}}
""",
    "_layouts/post.html": PAGE.format(
        title="{{ page.title | escape }}", id="{{ page.bowerbird_id }}", content="{{ content }}"
    ),
    "_includes/secret.html": "SECRET",
    "index.html": "---\n---\n{% for post in site.posts %}<p>{{ post.url }} {{ post.excerpt }}</p>{% endfor %}\n",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of a built site shows: its title, its main text without white space."""

    title: str
    text: str


def needs(command: str) -> None:
    """Skip the test where a generator is not installed; in CI that is a failure."""
    if shutil.which(command) is None:
        message = f"{command} is not installed; on Debian: apt-get install {command}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def lay(folder: Path, files: Mapping[str, str]) -> None:
    """Write a site's skeleton."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(*command: str, folder: Path) -> str:
    """Build a site and return what its generator said."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def pages(folder: Path) -> dict[str, Page]:
    """Return the pages of a built site that were made of articles, by their id."""
    found = {}
    for path in folder.rglob("index.html"):
        tree = html.fromstring(path.read_text(encoding="utf-8"))
        main = tree.find(".//main")
        if main is not None:
            drop([element for element in main.iter("a", "h2") if is_of_notes(element)])
            found[tree.findtext(".//p[@id='by']") or ""] = Page(
                tree.findtext(".//h1") or "", packed(str(main.xpath("string()")))
            )
    return found


def is_of_notes(element: _Element) -> bool:
    """Whether a site adds an element to footnotes: the way back from one, the heading above them."""
    return element.get("id") == "footnote-label" or "fnref" in (element.get("href") or "")


def shown(markdown: str) -> str:
    """Return the text that Markdown shows, without white space. The only HTML in ours is sub, sup, u, kbd and mark."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return packed(str(html.fromstring(f"<main>{parser.render(markdown)}</main>").xpath("string()")))


def packed(text: str) -> str:
    """Return the text without white space, and without what marks mathematics and footnotes.

    CommonMark knows no footnotes. Where a site does, it shows the number alone, and none before the footnote's text.
    """
    bare = NOTE.sub(lambda note: "" if note[2] else note[1], MATHEMATICS.sub("", text))
    return "".join(bare.split())
