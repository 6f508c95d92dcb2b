"""The format ``text``: the plain text of an article, without metadata. Not for reading Markdown."""

import re
from collections.abc import Iterable, Mapping

from storage.article import Article
from storage.formats.characters import body_text, one_line
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.format import NO_OPTIONS, Document
from storage.formats.markdown_blocks import Block, is_readable, markdown_blocks, without_repeated_captions
from storage.formats.note_summary import PARAGRAPH_BREAK
from storage.formats.options import FormatOptions, read_options
from storage.formats.slug import slugify

END = "\n\n\n\n"
# Headings that say no more than that the text ends here.
CONCLUSIONS = frozenset(
    """conclusion|conclusions|in conclusion|the conclusion|concluding remarks|final thoughts|fazit|schlussfolgerung|
    conclusión|conclusiones|conclusione|conclusioni|conclusão|conclusões|conclusie|slutsats|заключение|вывод|выводы|
    结论|結論|总结|總結|结语|結語|小结|まとめ|おわりに|결론""".replace("\n    ", "").split("|")
)
NUMBERING = re.compile(r"^(?:[\dIVXivx]+[.):]|[一二三四五六七八九十]+、)\s*")


class TextOptions(FormatOptions):
    """folder: where the texts lie, relative to the profile's folder; empty is that folder itself."""

    folder: str = ""


class TextFormat:
    """Writes ``{slug}.txt``."""

    name = "text"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not TextOptions."""
        read_options(TextOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the title and the main text; an article without a title has its URL for one."""
        chosen = read_options(TextOptions, options, format_name=self.name)
        title = one_line(article.title) or one_line(article.best_url)
        text = title + "".join(separated(blocks_of(article))) + END
        name = safe_file_name(slugify(article.title), suffix=".txt", fallback=fallback_stem(article))
        return Document(path=f"{chosen.folder}/{name}".lstrip("/"), text=body_text(text))


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
