"""Serves the newsroom until Ctrl-C: `python -m bowerbird.demo.newsroom`. For trying `bowerbird serve` against it."""

import threading

import click

from bowerbird.demo.newsroom.running import FREE_PORTS, Newsroom, running_newsroom


@click.command()
@click.option(
    "--ports", nargs=3, type=int, default=FREE_PORTS, help="One port for each publication; 0 takes a free one."
)
@click.option("--publish-every", type=float, default=None, help="Publish one more article every so many seconds.")
def serve_newsroom(ports: tuple[int, int, int], publish_every: float | None) -> None:
    """Serve the three publications on loopback, and print what there is to watch."""
    with running_newsroom(ports=ports) as newsroom:
        for source in newsroom.sources:
            click.echo(f"{source.name}\t{source.kind}\t{source.url}")
        try:
            _wait(newsroom, publish_every)
        except KeyboardInterrupt:
            click.echo(f"{len(newsroom.requests)} requests answered", err=True)


def _wait(newsroom: Newsroom, publish_every: float | None) -> None:
    never = threading.Event()
    while not never.wait(publish_every):
        story = newsroom.publish_next()
        if story is None:
            publish_every = None
        else:
            click.echo(f"published\t{newsroom.url_of(story.slug)}")


if __name__ == "__main__":
    serve_newsroom()
