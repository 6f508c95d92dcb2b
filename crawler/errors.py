"""The errors of the crawler floor.

CrawlerError
├── GateError
│   ├── RefusedAddress    the URL or its address may not be fetched
│   ├── RobotsDenied      robots.txt forbids it
│   │   └── RobotsUnavailable    it cannot be had, so that nothing is fetched for now
│   ├── HeadersTooLarge   a response with more of a head than is read
│   ├── BodyTooLarge      a body that unpacks to more than is taken
│   ├── CutBody           a body that ends before its coding does
│   ├── BadCoding         a body that is not packed as it says
│   ├── BadRedirect       a redirect to what is no URL
│   ├── HostOnHold        its host asks to be left alone for longer than a run waits
│   ├── RunBytesSpent     its run has taken as many bytes as one may
│   ├── BadAuthorities    crawler.ca_file cannot be read
│   ├── MissingVariable   a source's header or cookie names a variable that is not set
│   ├── RunStopped        its run was stopped while it waited for its turn
│   └── BrowserError      a page that the browser did not render
│       ├── BrowserTimeout    it was not done in time
│       ├── BrowserFailed     it could not load the page, or died
│       └── PageTooHeavy      it loads more than a page may
├── WorkerError
│   ├── WorkerTimeout     a page kept a worker busy past its limit
│   └── WorkerDied        a worker ended while it read a page
├── UnreadableDocument    a feed, sitemap or section page that cannot be read
├── BadManifest           a line of a manifest that cannot be read
├── BadOpml               a list of feeds that cannot be read
└── CrawlerGone           the crawler process ended
"""

from typing import Any

from storage.identity.password import mask_password


class CrawlerError(Exception):
    """Anything the crawler floor could not do. Picklable whatever its arguments: it comes out of the workers so."""

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (type(self), self.args, self.__dict__)


def restore(kind: type[CrawlerError], args: tuple[Any, ...], state: dict[str, Any]) -> CrawlerError:
    """Return a pickled error again: its message and its data, without building the message anew."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class GateError(CrawlerError):
    """A request that the gate did not let out."""


class RefusedAddress(GateError):
    """url: without the password that it may carry."""

    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = mask_password(url), why
        super().__init__(f"{self.url} was not fetched: {why}")


class RobotsDenied(GateError):
    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{url} was not fetched: {why}")


class RobotsUnavailable(RobotsDenied):
    """Not a word of the site's owner: the next run asks again."""


class HeadersTooLarge(GateError):
    def __init__(self, setting: str, limit: str) -> None:
        self.setting, self.limit = setting, limit
        super().__init__(f"its answer's headers are more than crawler.{setting} ({limit})")


class BodyTooLarge(GateError):
    """why: nothing where it is the size that is told by the settings."""

    def __init__(self, why: str = "") -> None:
        self.why = why
        super().__init__(why or "its body is larger than is taken")


class CutBody(GateError):
    def __init__(self) -> None:
        super().__init__("its body ends before its content coding does: the connection was cut")


class BadCoding(GateError):
    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class BadRedirect(GateError):
    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__(f"it redirects to {location!r}, which is no URL")


class HostOnHold(GateError):
    def __init__(self, host: str, seconds: float) -> None:
        self.host, self.seconds = host, seconds
        super().__init__(
            f"{host} asked us to wait, {span_of(seconds)} from now: longer than a run waits; a later run tries again"
        )


class RunBytesSpent(GateError):
    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"the run takes {limit / 2**20:.0f} MiB at most (crawler.max_run_bytes); it waits for the next"
        )


class BadAuthorities(GateError):
    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"crawler.ca_file {path} cannot be read as a PEM file of certificates")


class MissingVariable(GateError):
    def __init__(self, source: str, name: str, variable: str) -> None:
        self.source, self.name, self.variable = source, name, variable
        super().__init__(
            f"{source}: its {name} needs the environment variable {variable}, which is not set; nothing was fetched"
        )


class RunStopped(GateError):
    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"{url} was not fetched: its run was stopped before its turn came")


class BrowserError(GateError):
    """A page that was to be rendered and was not."""

    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{url}: {why}")


class BrowserTimeout(BrowserError):
    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(url, f"the browser had not loaded it within {seconds:g} s")


class BrowserFailed(BrowserError):
    """Why is the browser's own word, or what the proxy met with."""


class PageTooHeavy(BrowserError):
    def __init__(self, url: str, limit: int) -> None:
        mib = limit / (1024 * 1024)
        super().__init__(url, f"in the browser it loads more than crawler.browser_page_bytes ({mib:.3g} MiB)")


def span_of(seconds: float) -> str:
    """Return seconds in words that are short: 90 s, 15 min, 2.5 h."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"


class WorkerError(CrawlerError):
    """A task that a worker did not bring to its end."""


class WorkerTimeout(WorkerError):
    def __init__(self, what: str, seconds: float) -> None:
        self.what, self.seconds = what, seconds
        super().__init__(f"reading {what} took more than {seconds:g} s and was stopped")


class WorkerDied(WorkerError):
    def __init__(self, what: str, exit_code: int | None) -> None:
        self.what, self.exit_code = what, exit_code
        super().__init__(
            f"the worker that read {what} ended with code {exit_code}; it may have run out of memory or CPU time"
        )


class UnreadableDocument(CrawlerError):
    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{url} cannot be read: {why}")


class BadManifest(CrawlerError):
    def __init__(self, path: str, line: int, why: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {why}; each line is a JSON object with id, path and url")


class BadOpml(CrawlerError):
    def __init__(self, path: str, line: int | None, why: str) -> None:
        self.path, self.line, self.why = path, line, why
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {why}; it must be an OPML file, as feed readers export it")


class CrawlerGone(CrawlerError):
    def __init__(self, exit_code: int | None) -> None:
        self.exit_code = exit_code
        super().__init__(
            f"the crawler process ended with code {exit_code}; the runs it had begun are marked interrupted"
        )
