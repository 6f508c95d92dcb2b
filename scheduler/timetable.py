"""The only module that knows APScheduler: the one tick of the service, and when a cron string fires next."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger


def next_fire(crontab: str, after: datetime) -> datetime | None:
    """Return when crontab (five fields, in UTC) fires first after that moment; None if it never does."""
    trigger = CronTrigger.from_crontab(crontab, timezone=UTC)
    # APScheduler counts the moment itself.
    fire: datetime | None = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    return fire


class Tick:
    """Calls a coroutine function every so many seconds while it is entered.

    The job lives in memory only; what is due is in our own table. A tick that comes late counts once.
    """

    def __init__(self, call: Callable[[], Awaitable[None]], *, seconds: float) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(call, "interval", seconds=seconds, next_run_time=datetime.now(UTC), **options)

    def __enter__(self) -> "Tick":
        self._scheduler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._scheduler.shutdown(wait=False)
