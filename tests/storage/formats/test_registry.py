import re

import pytest

from storage.errors import UnknownFormat
from storage.export.profile import FORMATS
from storage.formats.registry import all_names, find_format, format_names


def test_the_formats_are_known_by_name() -> None:
    assert format_names() == ["news", "note", "text", "post", "obsidian", "jekyll", "hugo", "zola", "astro", "template"]
    assert all_names() == [*format_names(), "jsonl", "csv", "parquet", "warc"]
    assert all_names() == [
        name for name in re.split("[,; ]+", FORMATS) if name not in ("or", "for", "a", "data", "set")
    ]
    assert [find_format(name).name for name in format_names()] == format_names()


def test_an_unknown_format_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownFormat, match="Did you mean 'note'"):
        find_format("notes")
