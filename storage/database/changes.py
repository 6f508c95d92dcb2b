"""What a batch changes: gathered decision by decision, written at once. Not for deciding."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam

from storage.article import Article
from storage.database.article_rows import row_of, text_of
from storage.database.decision import Act, Decision
from storage.database.draft import Draft
from storage.database.ledger import Holding, Ledger, Place
from storage.database.pages import insert_pages, packed
from storage.database.schema import articles, locations, revisions
from storage.database.upsert import upsert
from storage.database.written import with_written
from storage.identity.url import key_host
from storage.outcome import Page

Row = dict[str, Any]
# What a crawl without them does not take away from an article.
KEPT_IF_EMPTY = ("category", "extra")
NEVER_CHANGED = ("url", "source")
RETOLD = ("title", "published_at", "published_sort", "is_paywalled", "is_truncated", "record")
SAME_TEXT = (Act.SEE, Act.RETELL)


@dataclass(slots=True)
class Changes:
    """The rows of one batch; new_pages: pages found for texts that had none any more."""

    ledger: Ledger
    source: str
    keep_pages: bool
    added: dict[str, Row] = field(default_factory=dict)
    changed: dict[str, Row] = field(default_factory=dict)
    texts: list[Row] = field(default_factory=list)
    places: dict[str, Row] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    new_pages: list[Row] = field(default_factory=list)

    def take(self, draft: Draft, decision: Decision) -> Holding | None:
        """Take over one decision and return the article it is about, if any."""
        act, held = decision.act, decision.held
        page = self.page_of(draft, decision)
        if draft.article and act is Act.ADD:
            held = self.add(draft, draft.article, page=page)
        elif draft.article and held and act is Act.CHANGE:
            self.change(draft, draft.article, held=held, page=page)
        elif held and page is not None and act in SAME_TEXT and draft.content_hash == held.content_hash:
            held.has_page = True
            self.new_pages.append({"of": held.id, "at_number": held.revision, "page_id": page})
        if draft.article and held and act is Act.RETELL:
            self.retell(draft, draft.article, held=held, fields=decision.fields)
        if held:
            self.settle(draft, decision, held=held)
        return held

    def page_of(self, draft: Draft, decision: Decision) -> int | None:
        """Keep the page of an outcome and return its place among the pages.

        Not kept: of a text whose page we have, and of one that was worse.
        """
        page, held = draft.outcome.page, decision.held
        has_page = decision.act in SAME_TEXT and held is not None and held.has_page
        if page is None or not self.keep_pages or has_page or decision.act is Act.KEEP:
            return None
        self.pages.append(page)
        return len(self.pages) - 1

    def add(self, draft: Draft, article: Article, *, page: int | None) -> Holding:
        """Keep a new article."""
        at = draft.outcome.at
        held = Holding(
            id=self.ledger.free_id(draft),
            url=article.url or draft.outcome.url,
            title=article.title,
            content_hash=draft.content_hash,
            words=draft.words,
            is_partial=draft.is_partial,
            revision=1,
            since=at,
            has_page=page is not None,
        )
        self.added[held.id] = {
            **row_of(article),
            "id": held.id,
            "url": held.url,
            "source": article.source or self.source,
            "content_hash": draft.content_hash,
            "captured_at": article.captured_at or at,
            "updated_at": at,
            "revision": 1,
            "reader": article.reader,
        }
        self.keep_text(draft, article, held=held, page=page)
        return held

    def change(self, draft: Draft, article: Article, *, held: Holding, page: int | None) -> None:
        """Keep a new text of an article; its URL, its source and what a person set or wrote stay."""
        article = with_written(article, self.ledger.article(held))
        held.title, held.words, held.content_hash = article.title, draft.words, draft.content_hash
        held.is_partial, held.since, held.has_page = draft.is_partial, draft.outcome.at, page is not None
        held.revision += 1
        row = {name: value for name, value in row_of(article).items() if name not in NEVER_CHANGED}
        row = {name: value for name, value in row.items() if value or name not in KEPT_IF_EMPTY}
        row |= {"content_hash": draft.content_hash, "updated_at": draft.outcome.at, "revision": held.revision}
        self.put(held, row)
        self.keep_text(draft, article, held=held, page=page)

    def retell(self, draft: Draft, article: Article, *, held: Holding, fields: tuple[str, ...]) -> None:
        """Replace fields of an article's record, with their origins; its text and all else stay."""
        known = self.ledger.article(held)
        origins = {name: article.origins[name] for name in fields if name in article.origins}
        told: dict[str, Any] = {name: getattr(article, name) for name in fields}
        told["origins"] = {**known.origins, **origins}
        merged = self.ledger.articles[held.id] = replace(known, **told)
        held.title, held.is_partial = merged.title, merged.is_paywalled or merged.is_truncated
        row = {name: value for name, value in row_of(merged).items() if name in RETOLD}
        self.put(held, row | {"updated_at": draft.outcome.at})

    def put(self, held: Holding, row: Row) -> None:
        """Write columns over those of an article."""
        if held.id in self.added:
            self.added[held.id] |= row
        else:
            self.changed[held.id] = self.changed.get(held.id, {}) | row

    def keep_text(self, draft: Draft, article: Article, *, held: Holding, page: int | None) -> None:
        """Keep a revision, and note in the ledger whose text it is."""
        revision = text_of(article, content_hash=draft.content_hash, captured_at=draft.outcome.at)
        self.texts.append({**revision, "article_id": held.id, "number": held.revision, "page_id": page})
        self.ledger.holdings[held.id] = held
        self.ledger.texts[held.id] = article.text
        self.ledger.articles[held.id] = article
        if draft.content_hash:
            self.ledger.owners[draft.content_hash] = held.id

    def settle(self, draft: Draft, decision: Decision, *, held: Holding) -> None:
        """Note where the article was seen: at the URL it was read at, and at the one that led there.

        An own place is never taken from its article, and the start of a redirect is none.
        """
        if decision.act is Act.NOTHING:
            return
        if (decision.act is Act.KEEP or draft.article is None) and decision.place:
            self.see(draft, decision.place.url_key, url=decision.place.url, held=held, is_own=False)
            if decision.act is Act.SEE and draft.outcome.final_url and draft.final_key not in self.ledger.places:
                self.see(draft, draft.final_key, url=draft.outcome.final_url, held=held, is_own=decision.place.is_own)
            return
        is_own = decision.act in (Act.ADD, Act.CHANGE) or bool(decision.place and decision.place.is_own)
        if decision.act is Act.COPY:
            is_own = False
        outcome = draft.outcome
        read_at = outcome.final_url or (draft.article.url if draft.article else "") or outcome.url
        self.see(draft, draft.final_key, url=read_at, held=held, is_own=is_own)
        if draft.offered_key != draft.final_key and key_host(draft.offered_key):
            self.see(draft, draft.offered_key, url=outcome.url, held=held, is_own=False)

    def see(self, draft: Draft, key: str, *, url: str, held: Holding, is_own: bool) -> None:
        """Note that the article was seen at one URL."""
        at = draft.outcome.at
        place = self.ledger.places.get(key)
        if place and place.article_id != held.id and place.is_own:
            return
        if place is None:
            place = self.ledger.places[key] = Place(key, url, held.id, is_own, at)
        elif place.article_id != held.id:
            place.article_id, place.is_own = held.id, is_own
        place.is_own = place.is_own or is_own
        self.places[key] = {
            "url_key": key,
            "url": place.url,
            "article_id": place.article_id,
            "is_own": place.is_own,
            "first_seen_at": place.first_seen_at,
            "last_seen_at": at,
        }


def write_changes(connection: Connection, changes: Changes) -> None:
    """Write the rows of a batch, each table after those it refers to."""
    page_ids = insert_pages(connection, [packed(page) for page in changes.pages])
    for row in (*changes.texts, *changes.new_pages):
        if row["page_id"] is not None:
            row["page_id"] = page_ids[row["page_id"]]
    if changes.added:
        connection.execute(articles.insert(), list(changes.added.values()))
    for changed, row in changes.changed.items():
        connection.execute(articles.update().where(articles.c.id == changed).values(row))
    if changes.texts:
        connection.execute(revisions.insert(), changes.texts)
    if changes.new_pages:
        current = (revisions.c.article_id == bindparam("of"), revisions.c.number == bindparam("at_number"))
        connection.execute(revisions.update().where(*current), changes.new_pages)
    upsert(connection, locations, rows=list(changes.places.values()), update=("article_id", "is_own", "last_seen_at"))
