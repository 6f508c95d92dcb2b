"""Pages that are deep, long, wide or broken, each with an article in it that can still be read. Not a test."""

from collections.abc import Iterator

PROSE = "The bowerbird gathers what is blue and lays it out before its bower, piece by piece, until the evening. "
PARAGRAPH = f"<p>{PROSE * 4}</p>"
DEEP = "Deep within there stands a sentence that a browser shows as any other, and so it is read as any other. "
WORDS = "Some words of birds and of their bowers stand here. "
SPANS = 2000


def article(body: str, head: str = "") -> bytes:
    """A page whose article is body."""
    title = "<title>Bowers of blue</title>"
    return (
        f"<html><head>{title}{head}</head><body><article><h1>Bowers of blue</h1>{body}</article></body></html>".encode(
            "utf-8", "surrogatepass"
        )
    )


def nested(tag: str, times: int, inner: str = f"<p>{DEEP * 4}</p>") -> str:
    """Inner in so many elements, each in the one before: ``ul li`` alternate."""
    names = tag.split()
    return "".join(f"<{name}>" for name in names) * times + inner + "".join(f"</{n}>" for n in reversed(names)) * times


def many(piece: str, times: int) -> str:
    """A piece again and again, ``#`` in it replaced by the number."""
    return "".join(piece.replace("#", str(number)) for number in range(times))


def deep_pages() -> Iterator[tuple[str, bytes]]:
    """Pages beyond 250 and beyond 2,048 levels."""
    for tag in ("span", "b", "a", "font", "x-y", "dl dd", "blockquote", "ul li", "ol li", "section"):
        yield f"nested {tag}", article(nested(tag, SPANS) + PARAGRAPH)
    for tag in ("form", "figure", "label"):  # no prose for an extractor
        yield f"{tag} in {tag}", article(nested(tag, SPANS // 4) + PARAGRAPH)
    yield "links in links", article("<a href=/x>" * SPANS + DEEP + "</a>" * SPANS + PARAGRAPH)
    for tag in ("table tr td", "center", "p b", "details", "q", "ins"):
        yield f"nested {tag}", article(nested(tag, SPANS // 4) + PARAGRAPH)
    for tag in ("div", "b", "i", "p", "a", "a name=x", "font", "ul", "li", "table", "td", "blockquote", "dl", "em"):
        yield f"unclosed {tag}", article(PARAGRAPH + f"<{tag}>{WORDS}" * 300 + PARAGRAPH)
    yield "text at each level", article(many(f"<blockquote><p>{WORDS}#</p>", 300) + PARAGRAPH)
    yield "ends without beginnings", article(f"</div></p></b></table></ul>{WORDS}" * 500 + PARAGRAPH)


def long_pages() -> Iterator[tuple[str, bytes]]:
    """Pages of many elements of a kind; each was once read in quadratic time or could be."""
    yield "paragraphs", article(many(f"<p>{WORDS}#</p>", 3000) + PARAGRAPH)
    yield "cells", article(PARAGRAPH * 9 + f"<table>{many('<tr>' + '<td>word #</td>' * 10 + '</tr>', 400)}</table>")
    yield "one long row", article(PARAGRAPH + f"<table><tr>{many('<td>#</td>', 2000)}</tr><tr><td>x</td></tr></table>")
    yield "spans of cells", article(PARAGRAPH + "<table><tr><td colspan=99999999 rowspan=99999999>a<td>b</table>")
    yield "links in a line", article(f"{PARAGRAPH}<p>{many('<a href=/#>word</a> ', 3000)}</p>{PARAGRAPH}")
    yield "lines", article(f"<p>{f'{WORDS}<br>' * 4000}</p>{PARAGRAPH}")
    yield "code in a line", article(f"<p>{'<code>x</code> and ' * 3000}</p>{PARAGRAPH}")
    yield "code in spans", article(f"{PARAGRAPH}<pre>{'<span class=k>a</span> b' * 3000}</pre>{PARAGRAPH}")
    yield "headings", article(many(f"<h2>{WORDS}#</h2>", 2000) + PARAGRAPH)
    yield "pictures", article(many("<figure><img src=/#.jpg><figcaption>Blue</figcaption></figure>", 1000) + PARAGRAPH)
    yield "hidden pieces", article("<p hidden>words here</p>" * 3000 + PARAGRAPH * 90)
    yield "meta elements", article(PARAGRAPH, many("<meta name=keywords content='word #'>", 10_000))
    yield "authors", article(many("<span itemprop=author>Jane Bower #</span>", 2000) + PARAGRAPH)
    yield "a name of a meta element", article(PARAGRAPH, f"<meta name='{many('a# ', 20_000)}' content=word>")
    yield "a title", article(PARAGRAPH, f"<meta property=og:title content='{'Birds | ' * 20_000}'>")
    yield "tags in a title", article(PARAGRAPH, f"<meta property=og:title content='{'<b x' * 20_000}'>")
    yield "formulas without end", article(f"<p>{chr(92)}[ {chr(92)}( $$ $x </p>" * 1000 + PARAGRAPH)
    yield "white space in JSON-LD", article(PARAGRAPH, ld('{"a": 1' + "\n" * 50_000 + "x"))
    yield "nodes in JSON-LD", article(PARAGRAPH, ld("[" + many('{"@type": "Person", "name": "Jane #"},', 5000) + "{}]"))


def ld(block: str) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{block}</script>'


def broken_pages() -> Iterator[tuple[str, bytes]]:
    """Pages with what is no character, or no mark-up."""
    yield "half surrogates", article(f"<p>{WORDS}\ud800 \udfff</p>{PARAGRAPH}<p title='\udc00'>x</p>")
    yield "references to no character", article(f"<p>&#xD800;&#x110000;&#-1;&#x;&#99999999999;&#0;&#12;</p>{PARAGRAPH}")
    yield "controls", article(PARAGRAPH.replace(" ", " \x01", 9) + "\x0b\x0c\x7f\x85\ufffe\uffff" + PARAGRAPH)
    yield "marks of ours", article("<p>" + "\U0001d800\U0001d801 word " * 500 + f"</p>{PARAGRAPH}")
    yield "marks that combine", article("<p>e" + "\u0301" * 20_000 + f"</p>{PARAGRAPH}")
    yield (
        "ligatures of a sentence",
        article("<p>" + "\ufdfa" * 5000 + f"</p>{PARAGRAPH}", "<title>\ufdfa</title>" * 500),
    )
    yield "bytes of no encoding", article(PARAGRAPH * 2).replace(b"evening", b"eve\xff\xfening \xc3\x28 \xa0\xa1", 1)
    yield "brackets", article(f"<p>{'< ' * 9000}</p>{PARAGRAPH}")
    yield "ampersands", article(f"<p>{'&' * 9000}</p>{PARAGRAPH}")
    yield "doctypes", article("<!DOCTYPE html><svg><!DOCTYPE html></svg>" * 2000 + PARAGRAPH)
    yield "ends of the page", article(f"{PARAGRAPH}{'</body></html>' * 2000}{PARAGRAPH}")
    yield "processing", article("<?php echo 1 ?><?xml version='1.0'?><![CDATA[ x ]]>" * 2000 + PARAGRAPH)
    yield "names of elements", article(many("<x-#:y>z</x-#:y>", 2000) + PARAGRAPH)
    yield "names of attributes", article(f"<p {many('a#:b:c<=1 ', 400)}>x</p>" * 20 + PARAGRAPH)
