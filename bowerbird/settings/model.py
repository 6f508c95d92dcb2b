"""All settings as one value, put together from the sections of the floors. Not for reading them from anywhere."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bowerbird.settings.source import SourceSettings
from crawler.settings import CrawlerSettings
from scheduler.settings import SchedulerSettings
from storage.duration import parse_duration
from storage.export.profile import Profile
from storage.settings import StorageSettings
from storage.source import Source


class WebSettings(BaseModel):
    """The ``web`` section of settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", min_length=1, description="Address the status page listens on; loopback by default")
    port: int = Field(8750, ge=0, le=65535, description="Its port; 0 takes a free one")


def wrong(key: str, allowed: str) -> PydanticCustomError:
    """Return an error about one key of a section, found by looking at the whole section."""
    return PydanticCustomError("section", "{allowed}", {"key": key, "allowed": allowed})


def check_storage(storage: StorageSettings) -> StorageSettings:
    """Return storage if its database is of a kind we can use."""
    scheme = storage.database.partition("://")[0].partition("+")[0]
    if "://" not in storage.database or scheme not in {"sqlite", "postgresql"}:
        raise wrong("database", "it must be sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME")
    if scheme == "sqlite" and is_in_memory(storage.database):
        raise wrong("database", "it must be sqlite:///PATH with the path of a file: what is in memory is gone at exit")
    return storage


def is_in_memory(database: str) -> bool:
    """Whether a URL of SQLite names no file."""
    path, _, query = database.partition("://")[2].partition("?")
    return path.strip("/").removeprefix("file:") in {"", ":memory:"} or "mode=memory" in query


def check_scheduler(scheduler: SchedulerSettings) -> SchedulerSettings:
    """Return scheduler if its bounds are the right way round."""
    if not parse_duration(scheduler.shortest):
        raise wrong("shortest", "it must be longer than no time at all")
    if parse_duration(scheduler.shortest) > parse_duration(scheduler.longest):
        raise wrong("shortest", f"it must not be longer than scheduler.longest, which is {scheduler.longest}")
    return scheduler


def check_crawler(crawler: CrawlerSettings) -> CrawlerSettings:
    """Return crawler if whom it visits can turn to somebody."""
    if "{contact}" not in crawler.user_agent and crawler.contact not in crawler.user_agent:
        raise wrong("user_agent", "it must hold {contact}, or the contact itself: a site must be able to turn to you")
    return crawler


class Settings(BaseModel):
    """Everything settings.yaml may hold: one section a floor, export profiles, sources."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Bowerbird settings")

    storage: Annotated[StorageSettings, AfterValidator(check_storage)] = StorageSettings()
    crawler: Annotated[CrawlerSettings, AfterValidator(check_crawler)] = CrawlerSettings()
    scheduler: Annotated[SchedulerSettings, AfterValidator(check_scheduler)] = SchedulerSettings()
    web: WebSettings = WebSettings()
    export: tuple[Profile, ...] = Field((), description="Where articles are written as files")
    sources: tuple[SourceSettings, ...] = Field((), description="The places to watch")

    @property
    def watched(self) -> tuple[Source, ...]:
        """The sources as the floors below know them."""
        return tuple(item.source for item in self.sources)

    def profile(self, name: str) -> Profile | None:
        """Return the export profile of that name; None: there is none."""
        return next((profile for profile in self.export if profile.name == name), None)


SECTIONS = ("storage", "crawler", "scheduler", "web")
LISTS = ("export", "sources")
MODELS: dict[str, type[BaseModel]] = {
    "storage": StorageSettings,
    "crawler": CrawlerSettings,
    "scheduler": SchedulerSettings,
    "web": WebSettings,
    "export": Profile,
    "sources": SourceSettings,
}


def based_on(settings: Settings, *, database_folder: Path, export_folder: Path) -> Settings:
    """Return settings whose relative paths start from those folders; ``~`` is the user's own folder."""
    storage = settings.storage.model_copy(update={"database": based_url(settings.storage.database, database_folder)})
    ca_file = settings.crawler.ca_file
    if ca_file is not None:
        ca_file = str(export_folder / from_home(Path(ca_file)))
    crawler = settings.crawler.model_copy(update={"ca_file": ca_file})
    export = tuple(based_profile(profile, export_folder) for profile in settings.export)
    return settings.model_copy(update={"storage": storage, "crawler": crawler, "export": export})


def based_profile(profile: Profile, folder: Path) -> Profile:
    """Return a profile whose folder, and whose template's file, are looked for in folder."""
    options = dict(profile.options)
    if profile.format == "template":
        options["template"] = str(folder / from_home(Path(str(options["template"]))))
    return profile.model_copy(update={"folder": folder / from_home(profile.folder), "options": options})


def based_url(database: str, folder: Path) -> str:
    """Return a database URL whose file is looked for in folder; other databases stay as they are."""
    scheme, slashes, rest = database.partition(":///")
    path, mark, query = rest.partition("?")
    if not scheme.startswith("sqlite") or not path or path.startswith("file:"):
        return database
    return f"{scheme}{slashes}{folder / from_home(Path(path))}{mark}{query}"


def from_home(path: Path) -> Path:
    """Return path with a leading ``~`` replaced by the user's folder, where that can be found."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
