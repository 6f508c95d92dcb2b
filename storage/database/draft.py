"""An outcome made ready to be decided on: cleaned, keyed and hashed. Not for the decision."""

import re
from dataclasses import dataclass, replace

from storage.article import Article
from storage.identity.article_id import article_id
from storage.identity.content import content_hash
from storage.identity.password import mask_password
from storage.identity.text import storable
from storage.identity.url import key_host, url_key
from storage.outcome import Outcome
from storage.verdict import Verdict

WITH_ARTICLE = frozenset({Verdict.CAPTURED, Verdict.PAYWALLED, Verdict.TRUNCATED})
OUR_ID = re.compile(r"[a-z][a-z2-7]{9,49}")


@dataclass(frozen=True, slots=True)
class Draft:
    """One outcome with what identifies it.

    offered_key, final_key: of the URL the source offered and of the one it was read at; often the same.
    passed_keys: of redirects and the end, as far as they differ from the offered one.
    canonical_key: of the canonical URL, where the page names another one on its own host.
    content_hash: None without an article or without words. words: of the article's text.
    """

    outcome: Outcome
    offered_key: str
    final_key: str
    passed_keys: tuple[str, ...] = ()
    canonical_key: str | None = None
    article: Article | None = None
    content_hash: str | None = None
    words: int = 0

    @property
    def is_partial(self) -> bool:
        """Whether the text is known to be a part only."""
        return self.article is not None and (self.article.is_paywalled or self.article.is_truncated)

    @property
    def wanted_id(self) -> str:
        """The id a new article would get: the one it brings from another store of ours, else its URL's."""
        given = self.article.id if self.article else ""
        return given if OUR_ID.fullmatch(given) else article_id(self.final_key)


def drafted(outcome: Outcome) -> Draft:
    """Return the draft of an outcome; an article counts only with a verdict that may have one."""
    outcome = without_passwords(outcome)
    article = cleaned(outcome) if outcome.verdict in WITH_ARTICLE else None
    offered = url_key(outcome.url)
    read_at = outcome.final_url or (article.url if article else "") or outcome.url
    passed = dict.fromkeys(url_key(url) for url in (*outcome.redirects, read_at))
    passed.pop(offered, None)
    draft = Draft(outcome, offered, url_key(read_at), tuple(passed))
    return draft if article is None else with_article(draft, article)


def without_passwords(outcome: Outcome) -> Outcome:
    """Return the outcome as it may be kept and shown: nobody is given the password that a URL carries."""
    return replace(
        outcome,
        url=mask_password(outcome.url),
        final_url=None if outcome.final_url is None else mask_password(outcome.final_url),
        redirects=tuple(mask_password(url) for url in outcome.redirects),
        reason=mask_password(outcome.reason),
    )


def cleaned(outcome: Outcome) -> Article | None:
    """Return the article with a text that can be stored, flagged as its verdict says."""
    article = outcome.article
    if article is None:
        return None
    return replace(
        article,
        text=storable(article.text),
        is_paywalled=article.is_paywalled or outcome.verdict is Verdict.PAYWALLED,
        is_truncated=article.is_truncated or outcome.verdict is Verdict.TRUNCATED,
    )


def with_article(draft: Draft, article: Article) -> Draft:
    """Return the draft with its article; one without any URL is known by its text alone."""
    words = article.word_count
    digest = content_hash(article.text) if words and draft.outcome.has_own_text else None
    final = draft.final_key if article.url.strip() or draft.outcome.url.strip() else f"text:{digest or article.title}"
    canonical = url_key(article.canonical_url) if article.canonical_url else final
    is_hint = canonical != final and key_host(canonical) == key_host(final)
    hint = canonical if is_hint else None
    return replace(draft, final_key=final, canonical_key=hint, article=article, content_hash=digest, words=words)
