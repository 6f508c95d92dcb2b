"""``bowerbird serve``: watch the sources on their schedule, and show on a page that it lives."""

import asyncio
import signal
import socket
from collections.abc import Sequence

import click
import uvicorn

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit
from bowerbird.cli.exporter import Exporter
from bowerbird.cli.opened import opened_store
from bowerbird.errors import AddressTaken
from bowerbird.settings.model import WebSettings
from bowerbird.web.app import Health, build_app
from scheduler.service import Service
from storage.database.store import Store

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@click.command(epilog=examples("bowerbird serve", "bowerbird --settings /etc/bowerbird.yaml serve"))
@pass_app
def command(app: App) -> Exit:
    """Visit the sources when they are due, until Ctrl-C or SIGTERM; a status page says how it goes."""
    with opened_store(app) as store:
        asyncio.run(serve(app, store))
    return Exit.ALL_WELL


async def serve(app: App, store: Store) -> None:
    """Run service and status page until the process is asked to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    settings = app.settings
    service = Service(
        store,
        storage=settings.storage,
        crawler=settings.crawler,
        scheduler=settings.scheduler,
        on_new=Exporter(app, store).export_new,
    )
    with listening_socket(settings.web) as listener:
        host, port = listener.getsockname()[:2]
        app.note(greeting(len(store.sources.list()), f"http://{in_url(host)}:{port}/"))
        page = PageServer(store, service, hosts=(*LOOPBACK_NAMES, settings.web.host, in_url(host)))
        serving = asyncio.create_task(page.serve([listener]))
        await service.run(stop)
        page.should_exit = True
        await serving
    app.note("stopped")


def greeting(sources: int, url: str) -> str:
    """Return what is said once the service is up. url: of its page."""
    return f"watching {sources} {'source' if sources == 1 else 'sources'}; status page at {url}"


class PageServer(uvicorn.Server):
    """Uvicorn without its signal handling: its own would raise the signal again once it has ended."""

    def __init__(self, store: Store, service: Service, *, hosts: Sequence[str]) -> None:
        app = build_app(store, lambda: health_of(service), hosts=tuple(hosts))
        super().__init__(
            uvicorn.Config(
                app, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=1
            )
        )

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until should_exit is set."""
        await self._serve(sockets)


def health_of(service: Service) -> Health:
    """Return the signs of life of a service."""
    return Health(
        is_well=service.is_well,
        started_at=service.pulse.started_at,
        last_tick_at=service.pulse.last_tick_at,
        running=service.running,
        trouble=service.pulse.last_trouble,
    )


def listening_socket(web: WebSettings) -> socket.socket:
    """Return a socket bound to the status page's address.

    Raises:
        AddressTaken: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise AddressTaken(web.host, web.port, error.strerror or str(error)) from error


def in_url(host: str) -> str:
    """Return host as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
