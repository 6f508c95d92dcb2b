"""What stands in the data sets, and what it cannot do."""

import csv
import io
import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article
from storage.formats.datasets import extra
from storage.formats.datasets.csv_table import COLUMNS, FORMULA, cell
from storage.formats.datasets.dataset import LeftOut, no_page
from storage.formats.datasets.row import ArticleRow, article_row
from storage.formats.errors import BadOption, MissingExtra
from storage.formats.registry import DATASETS, check_options, find_dataset
from storage.outcome import Page
from tests.storage.formats.consumers.articles import PLAIN, evil_articles

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PAGE = Page(
    url="https://example.org/tides",
    fetched_at=AT,
    status=200,
    headers={"Content-Type": "text/html", "content-encoding": "gzip"},
    body=b"<html>\x00\xff</html>",
)


def bytes_of(name: str, articles: Sequence[Article], **options: object) -> bytes:
    target = io.BytesIO()
    dataset = find_dataset(name)
    assert dataset is not None
    dataset.write(articles, target, options=options, page_of=lambda key: PAGE if key == PLAIN.id else None)
    return target.getvalue()


def test_a_line_holds_the_fields_in_their_order() -> None:
    first, second = bytes_of("jsonl", [PLAIN, evil_articles()[0]]).decode().splitlines()
    assert list(json.loads(first)) == list(ArticleRow.model_fields)
    assert json.loads(first)["authors"][0] == {"name": "Ann Moor", "kind": "person"}
    assert json.loads(second)["body"] == evil_articles()[0].body


def test_a_moment_is_as_exact_as_it_was_given() -> None:
    said = datetime(2026, 2, 1, 8, tzinfo=timezone(timedelta(hours=2)))
    assert article_row(replace(PLAIN, published_at=said)).published_at == "2026-02-01T08:00:00+02:00"
    assert article_row(replace(PLAIN, published_at=date(2026, 2, 1))).published_at == "2026-02-01"


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u200b\ufeff\xa0+"]
)
def test_no_cell_begins_a_formula(start: str) -> None:
    article = replace(PLAIN, title=f"{start}HYPERLINK()", tags=("b", f"{start}1"), url=f"{start}x", text=f"{start}\n")
    row = next(csv.DictReader(io.StringIO(bytes_of("csv", [article]).decode(), newline="")))
    assert [name for name, value in row.items() if not value.startswith("'") and FORMULA.match(value)] == []
    assert (row["title"], row["tags"]) == (f"'{start}HYPERLINK()", f"b; '{start}1")


def test_a_mark_can_be_told_from_a_text_that_looks_marked() -> None:
    assert [cell(text) for text in ("=1", "'=1", "'' =1", "'tis")] == ["'=1", "''=1", "''' =1", "'tis"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_cell_is_read_back(text: str) -> None:
    written = bytes_of("csv", [replace(PLAIN, title=text)], columns=["id", "title"]).decode()
    head, row = csv.reader(io.StringIO(written, newline=""))
    assert (head, row) == (["id", "title"], [PLAIN.id, cell(text)])
    assert cell(text).removeprefix("'" if FORMULA.match(text) else "") == text


def test_a_table_is_as_rfc_4180_has_it() -> None:
    written = bytes_of("csv", [replace(PLAIN, title='a "b", c\nd')], columns=["title", "authors", "is_paywalled"])
    assert written == b'title,authors,is_paywalled\r\n"a ""b"", c\nd",Ann Moor; Harbour Desk,false\r\n'
    assert bytes_of("csv", [], bom=True).startswith(b"\xef\xbb\xbfid,")


def test_a_cell_is_cut_where_excel_would_spill_it() -> None:
    article = replace(PLAIN, body="x" * 40_000, title="😀" * 6)
    cut = bytes_of("csv", [article], columns=["title", "body"], longest_cell=9).decode()
    assert cut == f"title,body\r\n{'😀' * 4},{'x' * 9}\r\n"
    assert len(bytes_of("csv", [article], columns=["body"])) == 40_000 + len("body\r\n\r\n")


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(BadOption, match=f"no column 'html'; known: {', '.join(COLUMNS)}"):
        check_options("csv", {"columns": ["html"]})


def test_parquet_holds_typed_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    articles = [PLAIN, *evil_articles(), replace(PLAIN, published_at=None, images=())]
    table: Any = parquet.read_table(io.BytesIO(bytes_of("parquet", articles)))
    assert table.num_rows == len(articles)
    assert set(ArticleRow.model_fields) | {"published_utc", "captured_utc"} == set(table.column_names)
    first = table.to_pylist()[0]
    assert (first["published_utc"], first["word_count"]) == (PLAIN.published_at, PLAIN.word_count)
    assert first["images"][0]["alt"] == "the tide"
    assert [row["body"] for row in table.to_pylist()] == [article.body for article in articles]


def test_a_row_group_is_bounded_by_its_text_as_well() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    long = replace(PLAIN, text="word " * 2_000_000)
    file: Any = parquet.ParquetFile(io.BytesIO(bytes_of("parquet", [PLAIN, long, long, PLAIN])))
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [3, 1]
    empty: Any = parquet.read_table(io.BytesIO(bytes_of("parquet", [])))
    assert empty.num_rows == 0


def test_a_hostile_server_writes_no_record_of_its_own() -> None:
    iterator = pytest.importorskip("warcio.archiveiterator")
    headers = {
        "X": "a\r\n\r\nWARC/1.1\r\nÜ日\ud800",
        "Y\r\nSet-Cookie": "z",
        "Käse": "z",
        "": "z",
        "Transfer-Encoding": "x",
    }
    page = replace(PAGE, headers=headers, url="https://example.org/\ud800é x\r\nWARC-Type: request", status=999)
    target = io.BytesIO()
    dataset = find_dataset("warc")
    assert dataset is not None
    dataset.write([PLAIN], target, options={"compress": False}, page_of=lambda _: page)
    found = list_records(iterator, target.getvalue())
    assert [(each["type"], each["body"]) for each in found[1:]] == [("response", page.body)]
    assert found[1]["url"] == "https://example.org/%EF%BF%BD%C3%A9%20x%0D%0AWARC-Type:%20request"
    assert [name for name, _ in found[1]["http"]] == ["X", "X-Archive-Orig-Transfer-Encoding", "Content-Length"]


def test_each_record_is_a_member_of_the_archive_and_its_digest_right() -> None:
    iterator = pytest.importorskip("warcio.archiveiterator")
    archive = bytes_of("warc", [PLAIN, PLAIN])
    members = 0
    while archive:
        member = zlib.decompressobj(wbits=31)
        assert member.decompress(archive).startswith(b"WARC/1.1\r\n")
        archive, members = member.unused_data, members + 1
    assert members == 3
    checked = iterator.ArchiveIterator(io.BytesIO(bytes_of("warc", [PLAIN])), check_digests="raise")
    assert [record.content_stream().read() for record in checked][1:] == [PAGE.body]


@pytest.mark.parametrize("compress", [True, False])
def test_an_archive_holds_the_pages_as_they_are_kept(compress: bool) -> None:
    iterator = pytest.importorskip("warcio.archiveiterator")
    found = list_records(iterator, bytes_of("warc", [PLAIN, evil_articles()[0]], compress=compress))
    assert [record["type"] for record in found] == ["warcinfo", "response"]
    assert found[1]["url"] == PAGE.url
    assert found[1]["date"] == "2026-03-01T08:00:00Z"
    assert found[1]["body"] == PAGE.body
    assert ("X-Archive-Orig-content-encoding", "gzip") in found[1]["http"]


def list_records(iterator: Any, content: bytes) -> list[dict[str, Any]]:
    return [
        {
            "type": record.rec_type,
            "url": record.rec_headers.get_header("WARC-Target-URI"),
            "date": record.rec_headers.get_header("WARC-Date"),
            "http": record.http_headers.headers if record.http_headers else [],
            "body": record.content_stream().read(),
        }
        for record in iterator.ArchiveIterator(io.BytesIO(content))
    ]


def test_an_article_without_a_page_is_left_out_with_a_reason() -> None:
    pytest.importorskip("warcio")
    dataset = find_dataset("warc")
    assert dataset is not None
    left_out = dataset.write([PLAIN], io.BytesIO(), options={}, page_of=no_page)
    assert left_out == [LeftOut(PLAIN, "its raw page is not kept")]


@pytest.mark.parametrize("name", [each.name for each in DATASETS])
def test_the_same_articles_give_the_same_bytes(name: str) -> None:
    pytest.importorskip({"parquet": "pyarrow", "warc": "warcio"}.get(name, "json"))
    articles = [PLAIN, *evil_articles()]
    assert bytes_of(name, articles) == bytes_of(name, articles)


def test_a_missing_package_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(MissingExtra, match=r"^the format x needs more packages: pip install 'bowerbird\[y\]'$"):
        extra.load_extra("no_such_package_at_all", extra="y", format_name="x")
