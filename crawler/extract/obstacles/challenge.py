"""Challenge pages: something between the site and us wants proof of a person. Not for the site's own logins."""

from crawler.ending import Ending, ending
from crawler.extract.obstacles.challenge_signs import SIGNS, Place, Sign, Weight
from crawler.extract.obstacles.sight import Sight, quoted
from storage.cause import CauseKind
from storage.verdict import Verdict

# An article about challenge pages says what they say, at more length than they do.
MOST_WORDS, MOST_WORDS_IN_DOUBT, MOST_WORDS_QUOTING = 200, 120, 100
DECLARED_WORDS = 60
MOST_QUOTED = 3


def challenge_of(sight: Sight) -> Ending | None:
    """Return the ending of an answer that is a challenge page, with what shows it, or None."""
    seen = [(sign, said) for sign in SIGNS if (said := said_by(sign, sight))]
    if not seen or not is_proof([sign for sign, _ in seen], sight):
        return None
    seen.sort(key=lambda pair: pair[0].weight, reverse=True)
    maker = next((sign.maker for sign, _ in seen if sign.maker), "")
    of = f" of {maker}" if maker else ""
    status = f" (HTTP {sight.status})" if sight.status else ""
    evidence = ", ".join(dict.fromkeys(said for _, said in seen[: 2 * MOST_QUOTED]))
    reason = f"a challenge page{of} stood in the way: {evidence}{status}"
    return ending(Verdict.BLOCKED, reason, CauseKind.CHALLENGE, maker)


def is_proof(signs: list[Sign], sight: Sight) -> bool:
    """Whether signs are enough, on an answer of that length and status."""
    if any(sign.weight is Weight.SURE for sign in signs):
        return True
    strong = [sign for sign in signs if sign.weight is Weight.STRONG]
    are_words_among = any(sign.place in (Place.TITLE, Place.TEXT) for sign in signs)
    if sight.is_error:
        return bool(strong) or (len(signs) > 1 and are_words_among)
    if sight.is_declared and sight.words >= DECLARED_WORDS:
        return False
    if any(sight.words < (MOST_WORDS_QUOTING if sign.place is Place.TEXT else MOST_WORDS) for sign in strong):
        return True
    return len(signs) > 1 and are_words_among and sight.words < MOST_WORDS_IN_DOUBT and not sight.is_declared


def said_by(sign: Sign, sight: Sight) -> str:
    """Return what shows a sign, as a reason quotes it, or nothing."""
    match sign.place:
        case Place.HEADER:
            value = sight.headers.get(sign.header, "")
            return f"header {sign.header}: {value[:60]}" if value and sign.pattern.search(value) else ""
        case Place.TITLE:
            return f"title {quoted(sight.title)}" if sign.pattern.fullmatch(sight.title.strip(" .…!")) else ""
        case Place.MARKUP:
            found = sign.pattern.search(sight.markup)
            return f"{quoted(found[0])} in its mark-up" if found else ""
    found = sign.pattern.search(sight.text)
    return f"text {quoted(found[0])}" if found else ""
