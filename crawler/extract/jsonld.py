"""The JSON-LD of a page: its blocks read, mended where that is cheap, flattened and searched."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.wording import plain_line

Node = Mapping[str, object]
MAX_BLOCK_CHARACTERS = 2_000_000
MAX_NODES = 2_000
ARTICLE_TYPES = frozenset(
    (
        "Article", "NewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle", "ScholarlyArticle",
        "OpinionNewsArticle", "AnalysisNewsArticle", "ReportageNewsArticle", "BackgroundNewsArticle",
        "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle",
        "SocialMediaPosting", "DiscussionForumPosting", "MedicalScholarlyArticle", "APIReference", "Review",
        "Recipe", "HowTo", "PodcastEpisode",
    )
)  # fmt: skip
VIDEO_TYPES = frozenset({"VideoObject", "Movie", "Clip"})
LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
OPENING = re.compile(r"\s*(?:/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?")
CLOSING = re.compile(r"(?:/\*)?\s{0,9}(?:-->|\]\]>)\s{0,9}(?:\*/)?$")
TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
LINE_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
STRING_LINE = re.compile(r'^([ \t]*"[@\w]+"[ \t]*:[ \t]*")(.*)("[ \t]*,?[ \t\r]*)$', re.MULTILINE)
BARE_QUOTE = re.compile(r'(?<!\\)"')
BETWEEN = re.compile(r"[\s,;]*")
DECODER = json.JSONDecoder(strict=False)
MAX_VALUES = 50
NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed", "video")


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of a page's JSON-LD in document order, with what their references lead to."""

    nodes: tuple[Node, ...]
    by_id: Mapping[str, Node]

    def of_types(self, types: Iterable[str]) -> list[Node]:
        """The nodes of any of these schema.org types."""
        wanted = frozenset(types)
        return [node for node in self.nodes if wanted & types_of(node)]

    def resolve(self, value: object) -> object:
        """The node that a bare reference ({"@id": ...}) leads to, else the value itself."""
        if isinstance(value, Mapping) and set(value) <= {"@id", "@type"}:
            return self.by_id.get(str(value.get("@id")), value)
        return value

    def values(self, node: Node, *names: str) -> list[object]:
        """The values of the first of these properties that has any, references resolved."""
        for name in names:
            found = [self.resolve(value) for value in as_list(node.get(name))]
            if found:
                return found
        return []

    def text(self, node: Node, *names: str) -> str:
        """The first of these properties that reads as text."""
        texts = (text_of(value) for name in names for value in self.values(node, name))
        return next((text for text in texts if text), "")


def read_graph(tree: _Element) -> Graph:
    """Return the JSON-LD of a page. A block that cannot be mended is left out."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += islice_nodes(flattened(parse_block(script.text or "")), room=MAX_NODES - len(nodes))
    by_id: dict[str, Node] = {}
    for node in nodes:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > 2:
            by_id.setdefault(identity, node)
    return Graph(tuple(nodes), by_id)


def islice_nodes(nodes: Iterable[Node], *, room: int) -> list[Node]:
    return [node for node, _ in zip(nodes, range(room), strict=False)]


def parse_block(text: str) -> object:
    """The value of one block, the list of several that stand in a row, or None."""
    opening = OPENING.match(text)
    text = CLOSING.sub("", text[opening.end() if opening else 0 :].strip()).strip().rstrip(";")
    if not text or len(text) > MAX_BLOCK_CHARACTERS:
        return None
    for mended in (text, TRAILING_COMMA.sub(r"\1", text), html.unescape(text), with_inner_quotes(text)):
        values = decode_all(mended)
        if values:
            return values[0] if len(values) == 1 else values
    return None


def with_inner_quotes(text: str) -> str:
    """The text without lines commented out, and with the quotes inside a line's string escaped."""
    text = LINE_COMMENT.sub("", text)
    escaped = STRING_LINE.sub(lambda line: line[1] + BARE_QUOTE.sub(r'\\"', line[2]) + line[3], text)
    return TRAILING_COMMA.sub(r"\1", escaped)


def decode_all(text: str) -> list[object]:
    """The JSON values of a text, one after another, whatever follows them; line ends inside strings are let through."""
    values: list[object] = []
    position = 0
    try:
        while position < len(text) and len(values) < MAX_VALUES:
            value, position = DECODER.raw_decode(text, position)
            values.append(value)
            position = BETWEEN.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing as well
    except (ValueError, RecursionError):
        pass
    return values


def flattened(value: object) -> Iterator[Node]:
    """Every node of a block that stands for a thing of its own, breadth first."""
    queue = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item
        elif isinstance(item, Mapping):
            yield item
            queue += [item[name] for name in NESTED if isinstance(item.get(name), list | Mapping)]


def types_of(node: Node) -> frozenset[str]:
    """The node's types without their vocabulary's address."""
    names = (str(name).rsplit("/", 1)[-1] for name in as_list(node.get("@type")))
    return frozenset(name.removeprefix("schema:") for name in names)


def as_list(value: object) -> list[object]:
    """A value as a list: JSON-LD lets one stand for a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """A value as one line of text: itself, or the name, text or URL of an object."""
    if isinstance(value, str):
        return plain_line(html.unescape(value))
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return next((text for name in ("@value", "name", "url") if (text := text_of(value.get(name)))), "")
    return next((text for item in as_list(value) if (text := text_of(item))), "") if isinstance(value, list) else ""
