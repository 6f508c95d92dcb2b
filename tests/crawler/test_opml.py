"""Lists of feeds, as readers of all kinds write them; and back."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import BadOpml
from crawler.opml import Subscription, read_opml, write_opml
from storage.source import Source, SourceKind

HEAD = "<?xml version='1.0' encoding='UTF-8'?><opml version='2.0'><head><title>x</title></head><body>"


def read(inner: str, *, head: str = HEAD) -> list[Subscription]:
    return read_opml(f"{head}\n{inner}\n</body></opml>".encode(), path="list.opml")


def feed(url: str = "https://example.org/feed", **values: str) -> str:
    given = {"text": "A", "xmlUrl": url} | values
    return f"<outline {' '.join(f'{name}={chr(34)}{value}{chr(34)}' for name, value in given.items())}/>"


@pytest.mark.parametrize(
    ("inner", "url", "title", "tags"),
    [
        (feed(), "https://example.org/feed", "A", ()),
        (feed(title="B", type="rss", htmlUrl="https://example.org/"), "https://example.org/feed", "B", ()),
        (feed(text=" A\n B "), "https://example.org/feed", "A B", ()),
        (feed("feed://example.org/f"), "http://example.org/f", "A", ()),
        (feed("feed:https://example.org/f"), "https://example.org/f", "A", ()),
        (feed("https://example.org/?a=1&amp;b=2"), "https://example.org/?a=1&b=2", "A", ()),
        (f"<outline text='News'>{feed()}</outline>", "https://example.org/feed", "A", ("News",)),
        (
            f"<outline text='News'><outline title='Local'>{feed()}</outline></outline>",
            "https://example.org/feed",
            "A",
            ("News", "Local"),
        ),
        (feed(category="/Birds/Bowers,/Travel"), "https://example.org/feed", "A", ("Birds", "Bowers", "Travel")),
        (
            f"<outline text='Birds'>{feed(category='Birds, x')}</outline>",
            "https://example.org/feed",
            "A",
            ("Birds", "x"),
        ),
        (feed(category="a%2Cb,c%2Fd,100%25"), "https://example.org/feed", "A", ("a,b", "c/d", "100%")),
        ("<OUTLINE TEXT='A' XMLURL='https://example.org/feed'/>", "https://example.org/feed", "A", ()),
        ("<outline text='Ä' xmlurl='https://example.org/feed'/>", "https://example.org/feed", "Ä", ()),
        ("<outline text='A' type='link' url='https://example.org/'/>", "", "A", ()),
        ("<outline text='A'/>", "", "A", ()),
    ],
)
def test_an_entry_is_read(inner: str, url: str, title: str, tags: tuple[str, ...]) -> None:
    (entry,) = read(inner)
    assert (entry.url, entry.title, entry.tags, entry.kind) == (url, title, tags, SourceKind.FEED)
    assert entry.line == 2 or "\n" in inner


def test_entries_keep_their_order_and_folders_end_with_their_tag() -> None:
    inner = f"{feed('https://a/')}<outline text='F'>{feed('https://b/')}</outline>{feed('https://c/')}"
    assert [(each.url, each.tags) for each in read(inner)] == [
        ("https://a/", ()),
        ("https://b/", ("F",)),
        ("https://c/", ()),
    ]
    assert read("<outline text='empty'><outline text='too'></outline></outline>") != []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "shift_jis"])
def test_the_encoding_that_is_declared_counts(encoding: str) -> None:
    text = "鳥" if encoding == "shift_jis" else "Vögel"
    document = f"<?xml version='1.0' encoding='{encoding}'?><opml><body>{feed(text=text)}</body></opml>"
    (entry,) = read_opml(document.encode(encoding), path="x")
    assert entry.title == text


BOMB = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x' * 99}'>" for n in range(12))
SECRET = "<!ENTITY s SYSTEM 'file:///etc/hostname'>"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "list.opml"),
        (b"no XML", "list.opml:1: Start tag expected"),
        (b"<opml>\n<body>\n<outline text='a & b'/></body></opml>", "list.opml:3: xmlParseEntityRef"),
        (b"<opml>\n<body>\n\n<outline text='a'></body></opml>", "list.opml:4: Opening and ending tag mismatch"),
        (b"<rss version='2.0'/>", "its root element is 'rss', not opml"),
        ("<opml><body><outline text='ä'/></body></opml>".encode("latin-1"), "list.opml:1: "),
        (f"<!DOCTYPE opml [{BOMB}]><opml><body><outline text='&e11;'/></body></opml>".encode(), "list.opml"),
        (f"<!DOCTYPE opml [{SECRET}]><opml><body>&s;</body></opml>".encode(), "it declares entities"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "it declares entities"),
        (b"<opml><body>" + b"<outline text='a'>" * 3000, "list.opml:1: Excessive depth"),
        (b" " * (64 * 1024 * 1024 + 1), "larger than 64 MiB"),
    ],
    ids=lambda value: repr(value[:30]),
)
def test_what_cannot_be_read_is_said_with_its_line(document: bytes, said: str) -> None:
    with pytest.raises(BadOpml) as caught:
        read_opml(document, path="list.opml")
    assert said in str(caught.value)


names = st.text(string.ascii_letters + "äß鳥 .-_", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
tags = st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool), unique=True).map(tuple)


@given(st.lists(st.tuples(names, tags, st.sampled_from(SourceKind)), unique_by=lambda each: each[0]))
def test_what_is_written_comes_back_the_same(listed: list[tuple[str, tuple[str, ...], SourceKind]]) -> None:
    sources = [
        Source(name=name, url=f"https://example.org/{place}?a=1&b=<>\"'", kind=kind, tags=words)
        for place, (name, words, kind) in enumerate(listed)
        if all(word.isprintable() for word in words)
    ]
    entries = read_opml(write_opml([(source, source.kind) for source in sources]), path="x")
    back = {Source(name=each.title, url=each.url, kind=each.kind, tags=each.tags).name: each for each in entries}
    assert {(s.name, s.url, s.kind, s.tags) for s in sources} == {
        (name, each.url, each.kind, each.tags) for name, each in back.items()
    }


def test_a_reader_of_feeds_sees_feeds_in_folders() -> None:
    listed = [
        (Source(name="a", url="https://example.org/a", tags=("x", "y"), kind=SourceKind.FEED), SourceKind.FEED),
        (Source(name="b", url="https://example.org/b", kind=SourceKind.FEED), SourceKind.FEED),
        (Source(name="c", url="https://a.example/", tags=("x",)), SourceKind.SECTION),
    ]
    text = write_opml(listed).decode()
    assert text.splitlines()[1:] == [
        '<opml xmlns:bowerbird="https://github.com/bowerbird-news/bowerbird" version="2.0">',
        "  <head>",
        "    <title>Bowerbird's sources</title>",
        "  </head>",
        "  <body>",
        '    <outline text="x">',
        '      <outline text="a" title="a" type="rss" xmlUrl="https://example.org/a" category="x,y"/>',
        '      <outline text="c" title="c" type="link" url="https://a.example/" category="x" bowerbird:kind="auto"/>',
        "    </outline>",
        '    <outline text="b" title="b" type="rss" xmlUrl="https://example.org/b"/>',
        "  </body>",
        "</opml>",
    ]
