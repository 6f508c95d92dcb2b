"""Which pictures an article shows, and the article with addresses of its own for them. Not for fetching or keeping."""

from collections.abc import Mapping
from dataclasses import replace

from storage.article import Article, Image
from storage.export.addresses import html_addresses, markdown_addresses, replaced

SCHEMES = ("http://", "https://")


def pictures_of(article: Article) -> tuple[str, ...]:
    """Return the web addresses of its pictures, each once: the lead pictures, then those of Markdown and HTML."""
    urls = [image.url for image in article.images]
    urls += [address.url for address in markdown_addresses(article.body)]
    urls += [address.url for address in html_addresses(article.html)]
    return tuple(dict.fromkeys(url for url in urls if url.lower().startswith(SCHEMES)))


def placed(article: Article, files: Mapping[str, str]) -> Article:
    """Return the article showing the files instead of the pictures on the web; all else stays to the letter.

    files: for the URLs of pictures, what a document has to write to show the file. One that is not there stays a link.
    """
    images = tuple(replace(image, file=files.get(image.url, image.file)) for image in article.images)
    listed = {image.url for image in article.images}
    # A format must know which relative addresses in the text are files of its own.
    images += tuple(Image(url, file=file) for url, file in files.items() if url not in listed)
    body = replaced(article.body, markdown_addresses(article.body), files, is_html=False)
    html = replaced(article.html, html_addresses(article.html), files, is_html=True)
    return replace(article, images=images, body=body, html=html)
