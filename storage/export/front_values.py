"""What a front matter says, whatever its dialect. Not for how it is spelled, but for merge.py's sake."""

from storage.export.front import Dialect, Front, Page, comparable, fields_of
from storage.export.front_toml import toml_front
from storage.export.front_yaml import yaml_front, yaml_values


def front_of(text: str, dialect: Dialect) -> Front | None:
    """Return a front matter taken apart; None where that cannot be done with certainty."""
    return yaml_front(text) if dialect == "---" else toml_front(text)


def values_of(page: Page) -> dict[str, str]:
    """Return the values by name, comparable; nothing where they cannot be told apart."""
    if page.dialect == "---":
        return {name: comparable(value) for name, value in (yaml_values(page.front) or {}).items()}
    return {name: field.value for name, field in fields_of(toml_front(page.front) or ()).items()}
