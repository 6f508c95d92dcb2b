"""What a template can say of an article, by the names that Obsidian's Web Clipper gives it. Not for filters."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.characters import body_text, one_line
from storage.formats.consumers.wording import author_names, page_images, page_slug
from storage.formats.templates.moments import day_text, moment_text

# What is as long as it is; all other texts are one line.
LONG = frozenset({"content", "contentHtml", "text", "summary"})


def template_variables(article: Article) -> Mapping[str, object]:
    """Return the variables; what is not known is empty text or an empty list, so that a template need not ask."""
    long = {
        "content": article.body or article.text,
        "contentHtml": article.html,
        "text": article.text,
        "summary": article.summary,
    }
    return {
        **{name: body_text(value) for name, value in long.items()},
        **{name: one_line(value or "") for name, value in short_texts(article).items()},
        "authors": author_names(article),
        "tags": lines(article.tags),
        "keywords": lines(article.keywords),
        "categories": lines(article.categories),
        "images": page_images(article),
        "words": article.word_count,
    }


def short_texts(article: Article) -> dict[str, str | None]:
    """Return the variables of one line each. ``date`` and ``time`` are those of the capture, as the Web Clipper's."""
    return {
        "title": article.title or article.best_url,
        "url": article.best_url,
        "author": ", ".join(author_names(article)),
        "published": moment_text(article.published_at),
        "modified": moment_text(article.modified_at),
        "date": day_text(article.captured_at or article.published_at),
        "time": moment_text(article.captured_at or article.published_at),
        "description": article.excerpt,
        "domain": article.provider.domain,
        "site": article.provider.name or article.provider.domain,
        "image": next(iter(page_images(article)), ""),
        "language": article.language,
        "category": article.category,
        "source": article.source,
        "license": article.license,
        "slug": page_slug(article),
        "id": article.id,
    }


def lines(texts: tuple[str, ...]) -> list[str]:
    """Return the texts on one line each."""
    return [one_line(text) for text in texts]


def for_names(variables: Mapping[str, object]) -> dict[str, object]:
    """Return the variables fit for a path: only the template itself names folders."""
    return {
        name: without_slashes(value)
        if isinstance(value, str)
        else [without_slashes(str(item)) for item in value]
        if isinstance(value, list)
        else value
        for name, value in variables.items()
    }


def without_slashes(text: str) -> str:
    """Return the text on one line, with spaces for what parts a path."""
    return one_line(text.replace("/", " ").replace("\\", " "))
