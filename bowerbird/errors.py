"""The errors of the top floor.

BowerbirdError
├── AddressTaken            the status page's address cannot be had
├── NoSecuredKey            there is no key to open sealed fields with
├── NoSuchProfile           no export profile has that name
└── SettingsError
    ├── SettingsMissing     the settings file that was named cannot be opened
    └── SettingsWrong       what it or the environment says cannot be used: every problem, one a line
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.errors import nearest


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the settings. where: the file or ``environment``; line: in that file, from 1."""

    where: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = f" (line {self.line})" if self.line else ""
        return f"{self.where}: {self.text}{place}"


class BowerbirdError(Exception):
    """Anything the top floor could not do."""


class AddressTaken(BowerbirdError):
    def __init__(self, host: str, port: int, why: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"the status page cannot listen on {host}:{port}: {why}; choose others with web.host and web.port"
        )


class NoSecuredKey(BowerbirdError):
    def __init__(self, variable: str) -> None:
        self.variable = variable
        super().__init__(
            f"{variable} is not set; set it to the key that the files were written with "
            "(to make a new one: `openssl rand -hex 32`)"
        )


class NoSuchProfile(BowerbirdError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        names = sorted(known)
        super().__init__(f"there is no export profile {name!r}.{nearest(name, names)} Known: {', '.join(names)}")


class SettingsError(BowerbirdError):
    """The settings cannot be used; nothing was started."""


class SettingsMissing(SettingsError):
    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path}: {why}; name another file with --settings or BOWERBIRD_SETTINGS")


class SettingsWrong(SettingsError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
