"""The settings of one call of the program: file and environment together, checked. Not for the rules themselves.

Order: flag > environment > file > default. A relative path starts from where it is written: one in the file, and the
default that stands in for it, from the file's folder, so that cron and systemd find the same store as a shell does;
one in the environment from the current folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bowerbird.errors import SettingsWrong
from bowerbird.settings.environment import WHERE, read_environment
from bowerbird.settings.file import Document, read_file
from bowerbird.settings.findings import find_problems
from bowerbird.settings.leaf import Leaf, leaves
from bowerbird.settings.model import Settings, based_on
from bowerbird.settings.problems import MISSING, value_at
from bowerbird.settings.written import Written, put_together

DEFAULT_FILE = "settings.yaml"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and where each comes from.

    origins: dotted key, such as ``storage.database`` or ``sources[heise].every``, to ``default``, the file's name, or
    ``environment BOWERBIRD_...``.
    file: the file that was read; None: there was none.
    """

    settings: Settings
    origins: Mapping[str, str]
    file: Path | None


def load_settings(path: Path | None, environment: Mapping[str, str]) -> Loaded:
    """Return the settings from the file at path, else from the one $BOWERBIRD_SETTINGS names, else ./settings.yaml.

    Raises:
        SettingsMissing: a file that was named cannot be opened; ./settings.yaml need not exist.
        SettingsWrong: with every problem found, not the first alone.
    """
    file = find_file(path, environment)
    overrides = read_environment(environment)
    try:
        document = read_file(file) if file else Document()
    except SettingsWrong as error:
        raise SettingsWrong([*error.problems, *overrides.problems]) from error
    written = put_together(str(file or DEFAULT_FILE), document, overrides)
    if problems := find_problems(written):
        raise SettingsWrong(problems)
    settings = Settings.model_validate(written.values)
    origins = {leaf.key: origin_of(leaf, written) for leaf in leaves(settings)}
    return Loaded(with_folders(settings, origins, file), origins, file)


def find_file(path: Path | None, environment: Mapping[str, str]) -> Path | None:
    """Return the settings file to read; None where none was named and there is none here."""
    if path is not None:
        return path
    if named := environment.get("BOWERBIRD_SETTINGS"):
        return Path(named)
    here = Path(DEFAULT_FILE)
    return here if here.exists() else None


def origin_of(leaf: Leaf, written: Written) -> str:
    """Return where a value comes from."""
    if variable := written.variable_of(leaf.path):
        return f"{WHERE} {variable}"
    return DEFAULT if value_at(written.values, leaf.path) is MISSING else written.file_name


def with_folders(settings: Settings, origins: Mapping[str, str], file: Path | None) -> Settings:
    """Return settings whose relative paths start from where they are written."""
    folder = file.parent if file else Path()
    is_from_environment = origins["storage.database"].startswith(WHERE)
    return based_on(settings, database_folder=Path() if is_from_environment else folder, export_folder=folder)
