"""A look at a parsed page, for who looks for obstacles. Not for reading it."""

from lxml import etree
from lxml.etree import _Element

from crawler.extract.article_node import is_declared_article
from crawler.extract.clues import Clues
from crawler.extract.extraction import RawPage
from crawler.extract.obstacles.sight import TEXT_CHARACTERS, Sight, markup_of
from crawler.extract.wording import count_words, one_line

# No obstacle is so long that its words are its proof: each kind has its own, lower limit.
LONG_WORDS = 300
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "title"})


def glance_at(clues: Clues, raw: RawPage) -> Sight:
    """Return what a page shows. clues.text: its main text; beside a long one nothing else is looked at."""
    main_words = count_words(clues.text)
    is_long = main_words >= LONG_WORDS
    text = "" if is_long else visible_text(clues.tree)
    words = main_words if is_long else max(main_words, count_words(text))  # it may lie in a script
    return Sight(
        url=raw.url,
        asked=raw.asked,
        status=raw.status,
        headers=raw.headers,
        title=clues.page_title,
        heading=next(iter(clues.headings), ""),
        text=text,
        words=words,
        main_text=clues.text,
        main_words=main_words,
        markup=markup_of(raw.html).lower() if words < LONG_WORDS else "",
        is_declared=is_declared_article(clues),
        has_password_field=any((each.get("type") or "").lower() == "password" for each in clues.tree.iter("input")),
    )


def visible_text(tree: _Element) -> str:
    """Return what a visitor sees, as far as it is worth counting."""
    parts: list[str] = []
    length = 0
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "start" and element.tag in HIDDEN:
            walker.skip_subtree()
        part = element.tail if event == "end" else "" if element.tag in HIDDEN else element.text
        if part and not part.isspace():
            parts.append(part)
            length += len(part)
        if length > TEXT_CHARACTERS:
            break
    return one_line(" ".join(parts))[:TEXT_CHARACTERS]
