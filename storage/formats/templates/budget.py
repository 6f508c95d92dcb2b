"""How much a template may do, so that it always ends and never fills the memory. Not for what it may reach.

A template comes from the user, but is often copied from elsewhere; and a mistake in one should cost a message.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice

from jinja2.exceptions import SecurityError

MAX_CHARACTERS = 16_000_000
MAX_ITEMS = 100_000
MAX_STEPS = 1_000_000
# Text that is made counts as steps, too.
CHARACTERS_IN_STEP = 256


class Budget:
    """What is left for one article."""

    def __init__(self) -> None:
        self.steps = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Take steps away.

        Raises:
            SecurityError: there are not as many left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise SecurityError(f"it takes more than {MAX_STEPS} steps")


CURRENT: ContextVar[Budget] = ContextVar("budget")


@contextmanager
def new_budget() -> Iterator[None]:
    """Give what is carried out inside a budget of its own."""
    token = CURRENT.set(Budget())
    try:
        yield
    finally:
        CURRENT.reset(token)


def spend(steps: int) -> None:
    """Take steps from the current budget; while a template is compiled there is none.

    Raises:
        SecurityError: there are not as many left.
    """
    budget = CURRENT.get(None)
    if budget is not None:
        budget.spend(steps)


def afford(characters: int) -> None:
    """Take a text of so many characters from the budget, before it is made.

    Raises:
        SecurityError: it is too long, or there is not as much left.
    """
    if characters > MAX_CHARACTERS:
        raise SecurityError(f"it makes more than {MAX_CHARACTERS} characters")
    spend(characters // CHARACTERS_IN_STEP)


def joined(texts: Sequence[str], separator: str = "") -> str:
    """Return the texts as one, if there is enough left for it."""
    afford(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def counted(items: Iterable[object]) -> list[object]:
    """Return the items as a list, each of them a step.

    Raises:
        SecurityError: there are too many.
    """
    found = list(islice(items, MAX_ITEMS + 1))
    if len(found) > MAX_ITEMS:
        raise SecurityError(f"it makes a list of more than {MAX_ITEMS} items")
    spend(len(found))
    return found
