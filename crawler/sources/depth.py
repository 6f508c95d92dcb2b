"""How deep the elements of XML are nested, found out before a parser that keeps them is asked. Builds nothing."""

from xml.parsers import expat

CHUNK_BYTES = 64 * 1024


class Depth:
    """Counts while a parser reads."""

    def __init__(self) -> None:
        self.current = self.deepest = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.current += 1
        self.deepest = max(self.deepest, self.current)

    def end(self, name: str) -> None:
        self.current -= 1


def is_deeper(data: bytes, levels: int) -> bool:
    """Whether elements are nested deeper than that, as far as a document is well-formed.

    One that declares entities is not looked into: expat would replace them.
    """
    depth, parser = Depth(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = depth.begin, depth.end
    start = len(data) if b"<!ENTITY" in data else 0
    try:
        while start < len(data) and depth.deepest <= levels:
            parser.Parse(data[start : start + CHUNK_BYTES])
            start += CHUNK_BYTES
    except (expat.ExpatError, ValueError, LookupError):
        pass  # what is broken is for the parser that mends it
    return depth.deepest > levels
