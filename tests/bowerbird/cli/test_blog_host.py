"""A saved page of the mirrored blog host, from the command line to the file, through the store and without it."""

from pathlib import Path

import pytest
import yaml

from tests.bowerbird.corpora import shared_folder
from tests.bowerbird.shell import Shell
from tests.crawler.extract.csdn_page import CsdnPage

URL = "https://blog.csdn.net/2401_85343303/article/details/139413056"


@pytest.fixture
def seed(shell: Shell) -> str:
    """The reference file, and beside the shell the page it was made of."""
    formats = shared_folder() / "formats"
    if not formats.is_dir():
        pytest.skip(f"no reference files in {formats}; BOWERBIRD_SHARED names the folder that holds them")
    text = (formats / "seeds/003_post.md").read_bytes().decode()
    fields = yaml.safe_load(text.removeprefix("---\n").split("\n---\n")[0])
    block = (formats / "examples/post-pairs/2024-06-03-139413056.html").read_bytes().decode().split("\n---\n", 1)[1]
    tags = ("langchain", "人工智能", "python", "开发语言", "数据分析", "机器学习", "深入学习")
    page = CsdnPage(
        block=block, url=URL, description=f"{fields['description']}等等", keywords=fields["keywords"], tags=tags
    )
    (shell.folder / "page.html").write_text(page.html(), encoding="utf-8")
    return text


def test_extract_prints_the_post_of_the_page(shell: Shell, seed: str) -> None:
    done = shell.run("extract", "page.html", "--url", f"{URL}?spm=1001.2014", "--format", "post")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", seed)


def test_ingest_and_export_write_the_post_of_the_page(shell: Shell, seed: str) -> None:
    (shell.folder / "settings.yaml").write_text("{}\n", encoding="utf-8")
    assert shell.run("ingest", "page.html").returncode == 0
    assert shell.run("export", "--format", "post", "--to", "site").returncode == 0
    file = shell.folder / "site/content/posts/2024-06-03-139413056.md"
    assert Path(file).read_bytes().decode() == seed
