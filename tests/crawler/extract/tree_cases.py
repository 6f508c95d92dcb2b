"""The cases of html5lib for how a browser builds a page's tree, each put into the middle of an article. Not a test.

They lie in Debian's golang-golang-x-net-dev and are read there: no copy of them is part of this project.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path("/usr/share/gocode/src/golang.org/x/net/html/testdata/webkit")
BEFORE = "The bowerbird gathers what is blue and lays it out before its bower, piece by piece, until the evening."
AFTER = "Later it dances there for hours, and whoever comes by in the morning finds the ground swept clean of leaves."
# What holds no text that a page shows; a case that leaves one of them open hides what follows it.
HIDING = (
    "button", "frame", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "option", "plaintext",
    "script", "select", "style", "svg", "template", "textarea", "title", "xmp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TreeCase:
    """One case. file: where it stands; data: the piece of HTML."""

    file: str
    data: str

    @property
    def page(self) -> bytes:
        """The case between two paragraphs of an article."""
        before, after = f"<p>{f'{BEFORE} ' * 4}</p>", f"<p>{f'{AFTER} ' * 4}</p>"
        return (
            f"<html><head><title>Bowers of blue</title></head><body><article><h1>Bowers of blue</h1>{before}"
            f"<div>{self.data}</div>{after}</article></body></html>"
        ).encode("utf-8", "surrogatepass")

    @property
    def hides_what_follows(self) -> bool:
        """Whether it leaves open a comment, or an element whose content is not shown."""
        data = self.data.lower()
        is_open = any(len(re.findall(rf"<{name}\b", data)) > data.count(f"</{name}>") for name in HIDING)
        return is_open or data.rfind("<!--") > data.rfind("-->")


def tree_cases() -> Iterator[TreeCase]:
    """Give all cases; the test is skipped where the package is not installed, except in CI, where it must be."""
    folder = Path(os.environ.get("HTML5LIB_TESTS") or FOLDER)
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"no html5lib cases in {folder}: apt-get install golang-golang-x-net-dev, or set HTML5LIB_TESTS")
    for file in sorted(folder.rglob("*.dat")):
        text = "\n" + file.read_bytes().decode("utf-8", "surrogatepass")
        for part in text.split("\n#data\n")[1:]:
            yield TreeCase(file.name, part.partition("\n#errors")[0])
