"""``bowerbird articles``: what was captured."""

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.rows import MOST, article_row
from storage.article import Article

COLUMNS = (
    Column("id", "Id"),
    Column("captured_at", "Captured (UTC)"),
    Column("published_at", "Published"),
    Column("provider", "Publisher"),
    Column("title", "Title"),
)
LIMIT = click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="At most so many.")


@click.group(epilog=examples("bowerbird articles list", "bowerbird articles search harbour budget"))
def command() -> None:
    """List, show and search what was captured."""


@command.command("list", epilog=examples("bowerbird articles list --source example-blog"))
@click.option("--source", metavar="NAME", help="Only articles of this source.")
@LIMIT
@pass_app
def list_articles(app: App, source: str | None, limit: int) -> None:
    """List the latest articles, newest first."""
    with opened_store(app) as store:
        articles = store.articles.list(limit=limit, source=source)
    app.output.table([article_row(article) for article in articles], COLUMNS)


@command.command("search", epilog=examples("bowerbird articles search harbour budget"))
@click.argument("words", nargs=-1, required=True)
@LIMIT
@pass_app
def search_articles(app: App, words: tuple[str, ...], limit: int) -> None:
    """List the articles whose title or text holds all WORDS."""
    with opened_store(app) as store:
        articles = store.articles.search(" ".join(words), limit=limit)
    app.output.table([article_row(article) for article in articles], COLUMNS)


@command.command("show", epilog=examples("bowerbird articles show k3f9x2m7qa"))
@click.argument("article_id", metavar="ID")
@pass_app
def show_article(app: App, article_id: str) -> None:
    """Show one article: its metadata with their origins, its text, its places, its revisions."""
    with opened_store(app) as store:
        article = store.articles.get(article_id)
        revisions = store.articles.revisions(article_id)
    row = {**article_row(article), **details(article), "revisions": len(revisions)}
    origins = origins_of(article)
    if app.output.as_json:
        app.output.record({**row, "origins": origins})
        return
    app.output.record(row)
    app.output.write("\n".join(["origins", *(f"  {name}: {origin}" for name, origin in origins.items())]))
    app.output.write(f"\n{article.body}")


def details(article: Article) -> dict[str, object]:
    """Return what a list leaves out."""
    return {
        "excerpt": article.excerpt,
        "modified_at": article.modified_at,
        "locations": list(article.locations),
        "is_paywalled": article.is_paywalled,
        "quality": article.quality,
        "content_hash": article.content_hash,
    }


def origins_of(article: Article) -> dict[str, str]:
    """Return where each field was found, and how sure that is."""
    return {name: f"{origin.origin} ({origin.confidence})" for name, origin in article.origins.items()}
