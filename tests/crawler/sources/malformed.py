"""Feeds and sitemaps that are broken, each in its own way and the same at every run. Not a test."""

import gzip
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storage.source import SourceKind

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Bower &amp; Gärten</title><link>https://example.org/</link><language>en</language>
<item><title>Blue &lt;b&gt;things&lt;/b&gt;</title><link>https://example.org/blue</link><guid>https://example.org/blue</guid>
<pubDate>Thu, 02 Apr 2026 09:30:00 +1000</pubDate><dc:creator>Ada Bower</dc:creator><category>birds</category>
<description>&lt;p&gt;In short&#8230;&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>All <i>of</i> it.</p>]]></content:encoded></item>
<item><title>Nests</title><link>/nests</link><author>ben@example.org (Ben Nest)</author></item></channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>Bower</title><link>https://example.org/</link></channel>
<item rdf:about="https://example.org/blue"><title>Blue</title><link>https://example.org/blue</link>
<dc:date>2026-04-02T09:30:00+10:00</dc:date><dc:creator>Ada</dc:creator></item></rdf:RDF>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/">
<title>Bower</title><author><name>Ada</name></author><entry xml:base="sub/">
<title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
<link rel="alternate" href="post"/><id>tag:x</id><published>2026-04-02T09:30:00+02:00</published>
<updated>2026-04-03T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Grün</p></div></content>
</entry></feed>"""
URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://example.org/a</loc><lastmod>2026-04-03</lastmod><news:news><news:title>Grün &amp; blau</news:title>
<news:publication_date>2026-04-02T09:30:00+10:00</news:publication_date></news:news></url>
<url><loc>https://example.org/b</loc></url></urlset>"""
INDEX = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://example.org/1.xml</loc><lastmod>2026-04</lastmod></sitemap>
<sitemap><loc>https://example.org/2.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"""
WHOLE = (
    (SourceKind.FEED, RSS), (SourceKind.FEED, RDF), (SourceKind.FEED, ATOM),
    (SourceKind.SITEMAP, URLSET), (SourceKind.SITEMAP, INDEX),
)  # fmt: skip
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
TOKENS = (
    "<",
    ">",
    "&",
    "&amp;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "&#0;",
    "&#x110000;",
    "&#xD83D;",
    "&nope;",
    "\0",
    "\x0b",
)


@dataclass(frozen=True, slots=True)
class Malformed:
    """One broken document. way: how it was broken."""

    way: str
    kind: SourceKind
    body: bytes


def cut(text: str, dice: random.Random) -> bytes:
    return text.encode()[: dice.randrange(len(text))]


def swapped(text: str, dice: random.Random) -> bytes:
    body = bytearray(text.encode())
    for _ in range(dice.randint(1, 20)):
        one, other = dice.randrange(len(body)), dice.randrange(len(body))
        body[one], body[other] = body[other], body[one]
    return bytes(body)


def doubled(text: str, dice: random.Random) -> bytes:
    start = dice.randrange(len(text))
    end = min(len(text), start + dice.randint(1, 200))
    return (text[:end] + text[start:end] * dice.randint(1, 5) + text[end:]).encode()


def random_bytes(text: str, dice: random.Random) -> bytes:
    body = bytearray(text.encode())
    for _ in range(dice.randint(1, 30) if body else 0):
        body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


def tokens_put_in(text: str, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(text))
        text = text[:place] + dice.choice(TOKENS) * dice.randint(1, 3) + text[place:]
    return text.encode()


def mismatched_tags(text: str, dice: random.Random) -> bytes:
    tags = list(re.finditer(r"</?[\w:]+", text))
    chosen = dice.choice(tags)
    return (
        text[: chosen.start()] + dice.choice(["</x", "<x", "<", dice.choice(tags)[0]]) + text[chosen.end() :]
    ).encode()


def wrong_encoding(text: str, dice: random.Random) -> bytes:
    declared = dice.choice(["utf-8", "utf-16", "ascii", "shift_jis", "bogus", "punycode", "idna", "rot13", "hex", ""])
    text = re.sub(r"<\?xml.*?\?>", f'<?xml version="1.0" encoding="{declared}"?>', text)
    return text.encode(dice.choice(["utf-8", "latin-1", "utf-16", "utf-16-le", "utf-32-be", "cp037", "gbk"]), "replace")


def marked(text: str, dice: random.Random) -> bytes:
    marks = [
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\0\0",
        b"\0\0\xfe\xff",
        b"\xef\xbb\xbf" * 3,
        b"\x1f\x8b",
    ]
    return dice.choice(marks) + text.encode(dice.choice(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"]))


def bombed(text: str, dice: random.Random) -> bytes:
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "{"ha" * dice.randint(1, 50)}">{BOMB}]>'
    return with_doctype(text, doctype, "e9").encode()


def nested(text: str, dice: random.Random) -> bytes:
    deep = dice.choice([300, 3000, 8000])
    inner = dice.choice(["div", "item", "url", "sitemap", "content", "title"])
    closing = f"</{inner}>" * (deep if dice.random() < 0.5 else 0)
    place = text.index("<title>" if "<title>" in text else "<loc>")
    return (text[:place] + f"<{inner}>" * deep + closing + text[place:]).encode()


def zipped(text: str, dice: random.Random) -> bytes:
    body = bytearray(gzip.compress(text.encode() * dice.randint(1, 3)))
    if dice.random() < 0.5:
        body[dice.randrange(12, len(body))] ^= 1 << dice.randrange(8)
    return bytes(body[: dice.randrange(len(body))])


def with_doctype(text: str, doctype: str, entity: str) -> str:
    """text with a document type, and an entity at the beginning of its first title or address."""
    head, rest = text.split("?>", 1)
    return re.sub(r"(<(?:title|loc)[^>]*>)", rf"\1&{entity};", head + "?>" + doctype + rest)


WAYS: tuple[Callable[[str, random.Random], bytes], ...] = (
    cut, swapped, doubled, random_bytes, tokens_put_in, mismatched_tags, wrong_encoding, marked, bombed, nested, zipped,
)  # fmt: skip


def malformed(count: int, *, seed: int = 4) -> Iterator[Malformed]:
    """count documents, the ways taking turns; a third is broken in two ways."""
    dice = random.Random(seed)
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        kind, text = dice.choice(WHOLE)
        body = way(text, dice)
        if dice.random() < 0.33:
            body = (
                random_bytes(body.decode("latin-1"), dice)
                if dice.random() < 0.5
                else body[: dice.randrange(len(body) + 1)]
            )
        yield Malformed(way.__name__, kind, body)


def with_outside_entities(targets: list[str]) -> Iterator[Malformed]:
    """Every kind of document with entities, parameter entities and document types that lie elsewhere."""
    for target in targets:
        doctypes = (
            f'<!DOCTYPE x [<!ENTITY x SYSTEM "{target}">]>',
            f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{target}"> %p; <!ENTITY x "y">]>',
            f'<!DOCTYPE x SYSTEM "{target}">',
            f'<!DOCTYPE x PUBLIC "-//x" "{target}" [<!ENTITY x PUBLIC "-//x" "{target}">]>',
        )
        for doctype in doctypes:
            for kind, text in WHOLE:
                yield Malformed(doctype, kind, with_doctype(text, doctype, "x").encode())
