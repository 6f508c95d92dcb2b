"""Settings from environment variables such as BOWERBIRD_STORAGE__DATABASE. Not for any other variable."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bowerbird.errors import Problem, SettingsWrong
from bowerbird.settings.file import read_text
from bowerbird.settings.model import MODELS, SECTIONS

PREFIX = "BOWERBIRD_"
WHERE = "environment"


@dataclass(frozen=True, slots=True)
class Override:
    """One value from the environment. value: text, or a list where the text is one."""

    variable: str
    section: str
    key: str
    value: object


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the environment sets, and what is wrong with it."""

    items: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()


def variables() -> dict[str, tuple[str, str]]:
    """Return every variable that is read, with the section and key it stands for."""
    return {
        f"{PREFIX}{section}__{key}".upper(): (section, key)
        for section in SECTIONS
        for key in MODELS[section].model_fields
    }


def read_environment(environment: Mapping[str, str]) -> Overrides:
    """Return what the variables of our shape say: BOWERBIRD_, a section, two underscores, a key.

    One that begins with a section and is no setting is a problem, other variables are somebody else's.
    """
    known = variables()
    items: list[Override] = []
    problems: list[Problem] = []
    for variable, text in sorted(environment.items()):
        if not is_of_our_shape(variable):
            continue
        if variable not in known:
            problems.append(Problem(WHERE, unknown_text(variable, known)))
            continue
        try:
            items.append(Override(variable, *known[variable], value_of(text, variable=variable)))
        except SettingsWrong as error:
            problems += [Problem(problem.where, problem.text) for problem in error.problems]
    return Overrides(tuple(items), tuple(problems))


def is_of_our_shape(variable: str) -> bool:
    """Whether a variable is meant as a setting: one underscore after the section is a slip, not another shape."""
    if not variable.startswith(PREFIX):
        return False
    rest = variable.removeprefix(PREFIX)
    return "__" in rest or rest.partition("_")[0].lower() in SECTIONS


def value_of(text: str, *, variable: str) -> object:
    """Return the list that text is in YAML or JSON, or text itself: the model turns it into what the key needs."""
    if not text.lstrip().startswith(("[", "{")):
        return text
    # read_text takes whole files, which are mappings.
    return read_text(f"value: {text}", where=f"{WHERE}: {variable}").values["value"]


def unknown_text(variable: str, known: Mapping[str, object]) -> str:
    """Return what to say of a variable that stands for no setting."""
    names = [name.removeprefix(PREFIX) for name in known]
    found = get_close_matches(variable.removeprefix(PREFIX), names, n=1, cutoff=0.6)
    hint = f" Did you mean {PREFIX}{found[0]}?" if found else " `bowerbird settings schema` lists all settings."
    return f"{variable} is not a setting.{hint}"
