"""The data set ``warc``: the raw pages that articles were read from, as archives keep them. Needs the extra ``warc``.

ISO 28500 (https://iipc.github.io/warc-specifications/). Pages are kept decoded, so a header that spoke of the wire is
kept under another name, as the Internet Archive does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from storage.article import Article
from storage.formats.characters import one_line, well_formed
from storage.formats.datasets.dataset import DatasetOptions, LeftOut, PageOf, no_page
from storage.formats.datasets.extra import load_extra
from storage.formats.format import NO_OPTIONS
from storage.formats.moment import utc_text
from storage.formats.options import read_options
from storage.outcome import Page

OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
INFO = {"software": "Bowerbird", "format": "WARC File Format 1.1", "isPartOf": "the kept pages of a Bowerbird store"}
# https://www.rfc-editor.org/rfc/rfc9110#name-tokens
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
URL_CHARACTERS = "".join(chr(each) for each in range(0x21, 0x7F))
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class WarcOptions(DatasetOptions):
    """compress: each record with gzip, as archives do."""

    compress: bool = True


class Warc:
    """Writes ``articles.warc.gz``."""

    name = "warc"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not WarcOptions; warcio must be there."""
        read_options(WarcOptions, options, format_name=self.name)
        load_extra("warcio", extra="warc", format_name=self.name)

    def file_name(self, options: Mapping[str, object] = NO_OPTIONS) -> str:
        """Return the file's path."""
        chosen = read_options(WarcOptions, options, format_name=self.name)
        return chosen.file or ("articles.warc.gz" if chosen.compress else "articles.warc")

    def write(
        self, articles: Iterable[Article], target: BinaryIO, *, options: Mapping[str, object], page_of: PageOf = no_page
    ) -> Sequence[LeftOut]:
        """Write a record of what the file is, then a response for each article; one without a page is left out.

        Raises:
            MissingExtra: warcio is not installed.
        """
        chosen = read_options(WarcOptions, options, format_name=self.name)
        module = load_extra("warcio.warcwriter", extra="warc", format_name=self.name)
        writer = module.WARCWriter(target, gzip=chosen.compress, warc_version="1.1")
        write_record(writer, info_record(writer, self.file_name(options)))
        left_out = []
        for article in articles:
            page = page_of(article.id)
            if page is None:
                left_out.append(LeftOut(article, "its raw page is not kept"))
            else:
                write_record(writer, response_record(writer, page))
        return left_out


def write_record(writer: Any, record: Any) -> None:
    """Write a record, and close the temporary file that warcio may have moved its body to."""
    writer.write_record(record)
    record.raw_stream.close()


def info_record(writer: Any, file_name: str) -> Any:
    """Return the record that says what the file is; it holds no time, so that the same pages give the same bytes."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in INFO.items()).encode()
    headers = {"WARC-Record-ID": record_id("info", file_name), "WARC-Date": utc_text(BEGINNING)}
    headers |= {"WARC-Filename": file_name, "Content-Type": "application/warc-fields"}
    return writer.create_warc_record(
        None, "warcinfo", payload=BytesIO(lines), length=len(lines), warc_headers_dict=headers
    )


def response_record(writer: Any, page: Page) -> Any:
    """Return the record of a page."""
    http = load_extra("warcio.statusandheaders", extra="warc", format_name="warc")
    status = f"{page.status} {phrase(page.status)}".rstrip()
    head = http.StatusAndHeaders(status, response_headers(page), protocol="HTTP/1.1")
    at = utc_text(page.fetched_at)
    headers = {"WARC-Date": at, "WARC-Record-ID": record_id(ascii_url(page.url), at, sha256(page.body).hexdigest())}
    return writer.create_warc_record(
        ascii_url(page.url), "response", payload=BytesIO(page.body), http_headers=head, warc_headers_dict=headers
    )


def response_headers(page: Page) -> list[tuple[str, str]]:
    """Return the headers of the response, each on one line, and the length of the body as it is kept.

    One whose name HTTP does not allow is left out: it would be none to who reads the archive.
    """
    named = [
        (f"X-Archive-Orig-{name}" if name.lower() in OF_THE_WIRE else name, one_line(value))
        for name, value in page.headers.items()
        if HEADER_NAME.fullmatch(name)
    ]
    return [*named, ("Content-Length", str(len(page.body)))]


def ascii_url(url: str) -> str:
    """Return the address as a record can hold it: without line ends, spaces and characters beyond ASCII."""
    return quote(well_formed(url), safe=URL_CHARACTERS)


def record_id(*parts: str) -> str:
    """Return a record's id, the same for the same page."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(parts))}>"


def phrase(status: int) -> str:
    """Return what HTTP says of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
