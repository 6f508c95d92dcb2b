"""The data set ``parquet``: the fields of ArticleRow as typed columns. Needs the extra ``parquet``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, BinaryIO, Literal

from storage.article import Article
from storage.formats.datasets.dataset import DatasetOptions, LeftOut, PageOf, no_page
from storage.formats.datasets.extra import load_extra
from storage.formats.datasets.row import article_row
from storage.formats.format import NO_OPTIONS
from storage.formats.moment import in_zone
from storage.formats.options import read_options

# Of a row group, and so of what is in memory.
ROWS_IN_GROUP = 1000
CHARACTERS_IN_GROUP = 16_000_000


class ParquetOptions(DatasetOptions):
    """compression: of the columns."""

    compression: Literal["zstd", "snappy", "gzip", "none"] = "zstd"


class Parquet:
    """Writes ``articles.parquet``."""

    name = "parquet"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not ParquetOptions; pyarrow must be there."""
        read_options(ParquetOptions, options, format_name=self.name)
        load_extra("pyarrow", extra="parquet", format_name=self.name)

    def file_name(self, options: Mapping[str, object] = NO_OPTIONS) -> str:
        """Return the file's path."""
        return read_options(ParquetOptions, options, format_name=self.name).file or "articles.parquet"

    def write(
        self, articles: Iterable[Article], target: BinaryIO, *, options: Mapping[str, object], page_of: PageOf = no_page
    ) -> Sequence[LeftOut]:
        """Write a row for each article, a group at a time; none is left out.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        chosen = read_options(ParquetOptions, options, format_name=self.name)
        arrow = load_extra("pyarrow", extra="parquet", format_name=self.name)
        files = load_extra("pyarrow.parquet", extra="parquet", format_name=self.name)
        schema = arrow_schema(arrow)
        with files.ParquetWriter(target, schema, compression=chosen.compression) as writer:
            for group in groups(articles):
                writer.write_table(arrow.Table.from_pylist(list(rows(group)), schema=schema))
        return ()


def groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in groups of a size that memory holds, whatever the length of their texts."""
    group: list[Article] = []
    characters = 0
    for article in articles:
        group.append(article)
        characters += len(article.body) + len(article.text)
        if len(group) == ROWS_IN_GROUP or characters > CHARACTERS_IN_GROUP:
            yield group
            group, characters = [], 0
    if group:
        yield group


def rows(articles: Iterable[Article]) -> Iterator[dict[str, object]]:
    """Yield the rows: those of ArticleRow, and both times in UTC, which can be compared."""
    for article in articles:
        row = article_row(article).model_dump()
        published, captured = article.published_at, article.captured_at
        origins = [{"field": name, **origin} for name, origin in row.pop("origins").items()]
        yield {
            **row,
            "published_utc": in_zone(published, UTC) if published else None,
            "captured_utc": in_zone(captured, UTC) if captured else None,
            "origins": origins,
        }


def arrow_schema(arrow: Any) -> Any:
    """Return the columns' types; a list of records has one for each of its fields."""
    text, number, flag = arrow.string(), arrow.int64(), arrow.bool_()
    texts, moment = arrow.list_(text), arrow.timestamp("s", tz="UTC")

    def records(**fields: Any) -> Any:
        return arrow.list_(arrow.struct(fields))

    types = {name: text for name in ("id", "url", "canonical_url")} | {"locations": texts}
    types |= {name: text for name in ("title", "excerpt", "language")} | {"authors": records(name=text, kind=text)}
    types |= {name: text for name in ("published_at", "modified_at", "captured_at", "provider", "domain", "source")}
    types |= {"category": text, "type": text, "keywords": texts, "tags": texts, "topics": records(name=text, kind=text)}
    types |= {"categories": texts}
    types |= {"images": records(url=text, width=number, height=number, alt=text, caption=text)}
    types |= {"links": records(url=text, title=text, description=text)}
    types |= {name: text for name in ("summary", "body", "text")} | {"word_count": number}
    types |= {"is_paywalled": flag, "is_truncated": flag, "license": text, "content_hash": text, "quality": number}
    types |= {"origins": records(field=text, origin=text, confidence=text)}
    types |= {"published_utc": moment, "captured_utc": moment}
    return arrow.schema(list(types.items()))
