"""What kind of page a note is about, which is the folder it lies in. Not for the article's own type."""

from urllib.parse import urlsplit

from storage.article import Article
from storage.formats.format import fields_as_read

CONTENT_TYPES = (
    "Blog post",
    "Repository",
    "Scientific article",
    "Product main page",
    "Documentation",
    "Course",
)
REPOSITORY_HOSTS = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org"})
PAPER_HOSTS = frozenset({"arxiv.org", "doi.org", "aclanthology.org", "openreview.net", "biorxiv.org", "medrxiv.org"})


def content_type(article: Article) -> str:
    """Return one of CONTENT_TYPES: the one a note was read with, else what its address says."""
    known = fields_as_read(article, format_name="note").get("content_type")
    if isinstance(known, str) and known in CONTENT_TYPES:
        return known
    try:
        url = urlsplit(article.best_url)
        host = (url.hostname or "").removeprefix("www.")
    except ValueError:
        return "Blog post"
    segments = [segment for segment in url.path.split("/") if segment]
    if host in REPOSITORY_HOSTS and len(segments) >= 2:
        return "Repository"
    if host in PAPER_HOSTS:
        return "Scientific article"
    if host.startswith(("docs.", "documentation.")) or host.endswith(".readthedocs.io"):
        return "Documentation"
    return "Blog post"
