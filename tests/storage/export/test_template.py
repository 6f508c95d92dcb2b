from dataclasses import replace
from pathlib import Path

import pytest

from storage.export.mirror import export
from storage.export.profile import Profile
from storage.formats.errors import BadTemplate
from tests.storage.formats.consumers.articles import PLAIN


def a_profile(folder: Path, template: Path) -> Profile:
    return Profile(name="mine", format="template", folder=folder, options={"template": str(template)})


def test_the_file_is_read_for_each_export(tmp_path: Path) -> None:
    template = tmp_path / "mine.md"
    template.write_text("{{title}}\n", encoding="utf-8")
    profile = a_profile(tmp_path / "out", template)
    assert export([PLAIN], profile).paths == ("2026-03-02-how-the-tides-turn.md",)
    template.write_text("# {{title}}\n", encoding="utf-8")
    assert export([PLAIN], profile).written == 1
    assert (tmp_path / "out" / "2026-03-02-how-the-tides-turn.md").read_text(encoding="utf-8") == f"# {PLAIN.title}\n"


def test_a_template_that_fails_for_one_article_fails_for_that_one(tmp_path: Path) -> None:
    template = tmp_path / "mine.md"
    template.write_text("{{ 1 / tags|length }}", encoding="utf-8")
    report = export([PLAIN, replace(PLAIN, id="b", title="b", tags=())], a_profile(tmp_path / "out", template))
    assert (report.written, [failure.article_id for failure in report.failures]) == (1, ["b"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "it cannot be read: No such file or directory"),
        (b"a\n\xff", "line 2: it is not UTF-8"),
        (b"a\n{{", "line 2: "),
        (b"x" * 1_000_001, "it is larger than 1000000 bytes"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    template = tmp_path / "mine.md"
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(BadTemplate, match=reason):
        export([PLAIN], a_profile(tmp_path / "out", template))
    assert not (tmp_path / "out").exists()
