"""The hint at a URL without its scheme."""

import errno
from pathlib import Path

import pytest

from crawler.scheme_hint import scheme_hint

MISSING = FileNotFoundError(errno.ENOENT, "No such file or directory")


@pytest.mark.parametrize("text", ["example.org/x", "www.example.org", "example.co.uk/a/b.html", "example.org:8000/x"])
def test_a_host_in_front_makes_a_url(text: str) -> None:
    assert scheme_hint(Path(text), MISSING) == f"; if it is a URL, write https://{text}"


@pytest.mark.parametrize("text", ["page.html", "PAGE.HTML", "../a.org", "/example.org/x", "folder/page.html", "x", ""])
def test_other_paths_are_files(text: str) -> None:
    assert scheme_hint(Path(text), MISSING) == ""


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "Permission denied"), EOFError(), ValueError()])
def test_a_file_that_is_there_is_a_file(error: Exception) -> None:
    assert scheme_hint(Path("example.org/x"), error) == ""
