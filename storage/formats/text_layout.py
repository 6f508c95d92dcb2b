"""The lines of a plain text: title, blocks, and the empty lines between them. Not for its file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.article import Article
from storage.formats.characters import one_line
from storage.formats.format import fields_as_read
from storage.formats.markdown_blocks import Block, is_readable, markdown_blocks, without_repeated_captions
from storage.formats.note_summary import PARAGRAPH_BREAK

END = "\n\n\n\n"
# Headings that say no more than that the text ends here.
CONCLUSIONS = frozenset(
    """conclusion|conclusions|in conclusion|the conclusion|concluding remarks|final thoughts|fazit|schlussfolgerung|
    conclusión|conclusiones|conclusione|conclusioni|conclusão|conclusões|conclusie|slutsats|заключение|вывод|выводы|
    结论|結論|总结|總結|结语|結語|小结|まとめ|おわりに|결론""".replace("\n    ", "").split("|")
)
NUMBERING = re.compile(r"^(?:[\dIVXivx]+[.):]|[一二三四五六七八九十]+、)\s*")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines without an empty one between them. gap: line breaks before the first."""

    gap: int
    lines: tuple[str, ...]


def lay_out(article: Article) -> str:
    """Return title and main text; an article without a title has its URL for one.

    A text that was read keeps its lines and gaps as long as they say what the record says.
    """
    title = one_line(article.title) or one_line(article.best_url)
    blocks = list(blocks_of(article))
    as_read = fields_as_read(article, format_name="text")
    groups = groups_as_read(as_read)
    if "groups" not in as_read or [words_of(group.lines) for group in groups] != [
        words_of(block.lines) for block in blocks
    ]:
        return title + "".join(separated(blocks)) + END
    ending = as_read.get("ending")
    lines = "".join("\n" * group.gap + "\n".join(group.lines) for group in groups)
    return title + lines + "\n" * (ending if isinstance(ending, int) else len(END))


def groups_as_read(as_read: Mapping[str, object]) -> list[Group]:
    """Return the groups of a text that was read otherwise than it would be written."""
    kept = as_read.get("groups")
    groups = kept if isinstance(kept, list) else []
    return [Group(gap=group["gap"], lines=tuple(group["lines"])) for group in groups]


def words_of(lines: Iterable[str]) -> str:
    """Return what lines say, on one."""
    return one_line(" ".join(lines))


def blocks_of(article: Article) -> Iterable[Block]:
    """Return the article's blocks, from its Markdown where it has any that can be read, else from its plain text."""
    if article.body and is_readable(article.body):
        captions = {image.url: image.caption for image in article.images}
        return without_repeated_captions(markdown_blocks(article.body, captions=captions))
    lines = [one_line(paragraph) for paragraph in PARAGRAPH_BREAK.split(article.text or article.body)]
    return [Block("paragraph", (line,)) for line in lines if line]


def separated(blocks: Iterable[Block]) -> Iterable[str]:
    """Yield each block with the empty lines before it: one, and one more where a heading was left out."""
    gap = "\n\n"
    for block in blocks:
        if block.kind == "heading" and is_conclusion(block.lines[0]):
            gap = "\n\n\n"
            continue
        yield gap + "\n".join(block.lines)
        gap = "\n\n"


def is_conclusion(heading: str) -> bool:
    """Whether a heading says no more than "Conclusion", in any language we know the word of."""
    return NUMBERING.sub("", heading).strip(" :：.。").casefold() in CONCLUSIONS
