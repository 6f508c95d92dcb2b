"""What may help against how attempts ended, for a person. The table is storage/hint.py."""

from collections import Counter
from collections.abc import Collection, Sequence

from storage.hint import hint_for
from storage.outcome import Attempt


def advice_on(attempt: Attempt, watched: Collection[str]) -> str:
    """Return what may help against how an attempt ended, or nothing. watched: names that may stand in a setting."""
    source = attempt.source if attempt.source in watched else ""
    return hint_for(attempt.verdict, attempt.cause, source=source)


def advice_on_run(attempts: Sequence[Attempt], watched: Collection[str]) -> list[str]:
    """Return what may help against what went wrong in a run, the most frequent first."""
    failed = [attempt for attempt in attempts if attempt.verdict.is_failure]
    groups = Counter((str(attempt.verdict), advice_on(attempt, watched)) for attempt in failed)
    return [f"{count} {verdict}: {hint}" for (verdict, hint), count in groups.most_common() if hint]
