"""Which obstacle stands in an article's place, if any: each kind in its turn, the surest first."""

from crawler.ending import Ending, ending
from crawler.extract.clues import Clues
from crawler.extract.obstacles.challenge import challenge_of
from crawler.extract.obstacles.consent import consent_of
from crawler.extract.obstacles.forwarding import target_of
from crawler.extract.obstacles.login import login_of
from crawler.extract.obstacles.missing import missing_of
from crawler.extract.obstacles.shell import shell_of
from crawler.extract.obstacles.sight import Sight, quoted
from crawler.extract.obstacles.standin import standin_of
from storage.cause import CauseKind
from storage.verdict import Verdict

LOOKS = (challenge_of, consent_of, login_of, missing_of, standin_of)


def obstacle_of(clues: Clues, sight: Sight) -> Ending | None:
    """Return the ending of a page that is no article but something in its place, or None."""
    found = next((found for look in LOOKS if (found := look(sight))), None)
    return found or forwarding_of(clues, sight) or shell_of(clues, sight)


def forwarding_of(clues: Clues, sight: Sight) -> Ending | None:
    """Return the ending of a page that only sends on; the cause names where to."""
    target = target_of(clues, words=sight.words)
    if target is None:
        return None
    reason = f"the page only sends on to {target}: {sight.words} words, title {quoted(sight.title)}"
    return ending(Verdict.NOT_AN_ARTICLE, reason, CauseKind.FORWARDING, target)
