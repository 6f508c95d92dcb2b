"""The errors of the scheduler floor.

SchedulerError
└── BadEvery    an interval or cron string that cannot be read
"""


class SchedulerError(Exception):
    """Anything the scheduler floor could not do."""


class BadEvery(SchedulerError):
    def __init__(self, text: str, why: str) -> None:
        self.text, self.why = text, why
        super().__init__(f"every is {text!r}: {why}; write auto, a span such as 30m or 6h, or cron such as '0 6 * * *'")
