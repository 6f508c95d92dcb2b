"""A progress bar on stderr, where a person is watching. Not for the lines of a result."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bowerbird.cli.context import App
from bowerbird.cli.output import clean_line


@contextmanager
def progress(app: App, what: str, *, total: int | None) -> Iterator[Callable[[], None]]:
    """Show how far the work is while the block runs; call what it gives once for each thing done.

    total: None where it is not known. Draws nothing with -q or where stderr is no terminal.
    """
    if not app.shows_progress:
        yield lambda: None
        return
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=app.console_err, transient=True) as bar:
        task = bar.add_task(escape(clean_line(what)), total=total)
        yield lambda: bar.advance(task)
