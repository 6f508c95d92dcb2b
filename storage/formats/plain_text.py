"""The plain text of Markdown: paragraphs separated by an empty line. Not for HTML pages: those have a tree."""

from storage.formats.markdown_blocks import is_readable, markdown_blocks


def plain_text(markdown: str) -> str:
    """Return the words without marks and without pictures; Markdown made to be slow is returned as it is."""
    if not is_readable(markdown):
        return markdown.strip()
    blocks = markdown_blocks(markdown, captions={})
    return "\n\n".join("\n".join(block.lines) for block in blocks if block.kind != "picture")
