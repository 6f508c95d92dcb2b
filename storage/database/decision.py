"""What becomes of an outcome: a new article, a new text, a copy, or nothing new. Decides only; writes nothing.

Two layers say that a page is an article we have: its URL and the hash of its text. The hash is sure, the URL is not:

- A text that an article has or had is that article's. At another URL it is a duplicate, and that URL becomes a
  *copy's place*. A text belongs to one article for ever; only the empty text belongs to none.
- A URL at which the article itself was captured is its *own place*. Another text there is a new revision.
- A copy's place proves little: two pages that said "coming soon" will tell two stories. Another text there is a new
  revision only on the article's host and when half of it is the text we have; otherwise an article of its own. The
  same holds for a known URL that now redirects to an unknown one, on whatever host.
- The same text at an own place may be told otherwise: another title, other authors, a date. The record takes what is
  no worse; a revision is a text, so none is added, and the one we have keeps the title it came with. `changed` where
  title, authors or a date differ, else `unchanged`; either way exports since then have the article again.
- A known article whose bytes are the same, and a 304, are seen at the end of a redirect too.
- The canonical URL a page names decides nothing. Sites that name their home page on every page are common, and one
  wrong merge loses articles, where a missed one costs a second copy. Equal texts are found by their hash anyway; of
  unequal ones both are kept, and the reason says so.
"""

from dataclasses import dataclass
from enum import Enum, auto

from storage.article import Article
from storage.database.draft import Draft
from storage.database.ledger import Holding, Ledger, Place
from storage.database.retold import retold, what_changed, what_else
from storage.identity.content import is_version_of
from storage.identity.url import key_host, url_key
from storage.verdict import Verdict


class Act(Enum):
    """What is done to the articles."""

    NOTHING = auto()
    SEE = auto()  # the same text again
    RETELL = auto()  # the same text again, told otherwise
    KEEP = auto()  # a worse text: the old one stays
    COPY = auto()  # a text of another article
    CHANGE = auto()
    ADD = auto()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one outcome. held: the article it is about; none where nothing is known or it is new.

    fields: what of its record is replaced, beside the text.
    """

    act: Act
    verdict: Verdict
    reason: str
    held: Holding | None = None
    place: Place | None = None
    fields: tuple[str, ...] = ()


def decide(draft: Draft, ledger: Ledger) -> Decision:
    """Decide on one outcome, with all decisions before it in the ledger."""
    place = ledger.places.get(draft.final_key) or ledger.places.get(draft.offered_key)
    held = ledger.holdings[place.article_id] if place else None
    if draft.article is None:
        act = Act.SEE if draft.outcome.verdict is Verdict.UNCHANGED and held else Act.NOTHING
        return Decision(act, draft.outcome.verdict, draft.outcome.reason, held, place)
    owner = ledger.owner(draft.content_hash)
    if place and held and (owner is None or owner is held):
        return at_place(draft, ledger, place=place, held=held)
    if owner:
        return Decision(Act.COPY, Verdict.DUPLICATE, whose_text(draft, owner), owner, place)
    return added(draft, ledger)


def at_place(draft: Draft, ledger: Ledger, *, place: Place, held: Holding) -> Decision:
    """Decide on a text at a known URL that no other article has."""
    if draft.article and draft.content_hash == held.content_hash:
        return same_text(draft.article, ledger, place=place, held=held)
    if is_worse(draft, held):
        return Decision(Act.KEEP, Verdict.UNCHANGED, why_worse(draft, held), held, place)
    is_here = place.url_key == draft.final_key and place.is_own
    if ledger.owner(draft.content_hash) is held:
        if is_here:
            return Decision(
                Act.CHANGE, Verdict.CHANGED, f"an earlier text again: {how_changed(draft, held)}", held, place
            )
        reason = f"the same text as before here; {held.id} has changed elsewhere since"
        return Decision(Act.SEE, Verdict.UNCHANGED, reason, held, place)
    if is_here or is_moved_version(draft, ledger, place=place, held=held):
        return Decision(Act.CHANGE, Verdict.CHANGED, how_changed(draft, held), held, place)
    return added(draft, ledger)


def same_text(fresh: Article, ledger: Ledger, *, place: Place, held: Holding) -> Decision:
    """Decide on the text we have: at the article's own place its title, authors and so on may have changed."""
    fields = retold(fresh, ledger.article(held)) if place.is_own else ()
    if not fields:
        reason = f"the same text since {held.since:%Y-%m-%d %H:%M} UTC"
        return Decision(Act.SEE, Verdict.UNCHANGED, reason, held, place)
    reason = what_changed(fields)
    verdict = Verdict.CHANGED if reason else Verdict.UNCHANGED
    return Decision(
        Act.RETELL, verdict, reason or f"the same text; its {what_else(fields)} changed", held, place, fields
    )


def is_moved_version(draft: Draft, ledger: Ledger, *, place: Place, held: Holding) -> bool:
    """Whether a text at a copy's place, or at the end of a redirect, is a version of the article known there."""
    is_redirected = place.url_key != draft.final_key
    is_near = is_redirected or key_host(draft.final_key) == key_host(url_key(held.url))
    return is_near and draft.article is not None and is_version_of(draft.article.text, ledger.text(held))


def is_worse(draft: Draft, held: Holding) -> bool:
    """Whether the new text must not replace the old one: no words, or less than half of them and known to be cut."""
    if not draft.words:
        return held.words > 0
    return 2 * draft.words < held.words and draft.is_partial and not held.is_partial


def added(draft: Draft, ledger: Ledger) -> Decision:
    """Return the decision to keep a new article, with the verdict the crawler gave it."""
    reason = draft.outcome.reason
    named = ledger.places.get(draft.canonical_key) if draft.canonical_key else None
    if named:
        note = f"its canonical URL is that of {named.article_id}, which has another text: both are kept"
        reason = f"{reason}; {note}" if reason else note
    return Decision(Act.ADD, draft.outcome.verdict, reason)


def whose_text(draft: Draft, owner: Holding) -> str:
    """Say whose text it is."""
    text = "same text as" if draft.content_hash == owner.content_hash else "same text as an earlier revision of"
    return f"{text} {owner.id} ({owner.title})" if owner.title else f"{text} {owner.id}"


def why_worse(draft: Draft, held: Holding) -> str:
    """Say why the old text stays."""
    if not draft.words:
        return f"kept the {held.words} words we have: this time there were none"
    flag = "paywalled" if draft.article and draft.article.is_paywalled else "truncated"
    return f"kept the {held.words} words we have: this time there were {draft.words}, {flag}"


def how_changed(draft: Draft, held: Holding) -> str:
    """Say by how many words the text grew or shrank."""
    more = draft.words - held.words
    if not more:
        return f"other words, as many as before ({held.words})"
    return f"{abs(more)} {'word' if abs(more) == 1 else 'words'} {'more' if more > 0 else 'fewer'}"
