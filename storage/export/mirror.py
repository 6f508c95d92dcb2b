"""Laying articles out as the files of a profile, again and again. Not for what stands in them.

A name once given lasts. A file that holds what it should is not touched; one that a person has edited is left
alone; one that is not ours is never overwritten: the article gets another name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from storage.article import Article
from storage.export.folder import Folder
from storage.export.ledger import Entry, Ledger, digest, load_ledger, save_ledger
from storage.export.naming import article_key, candidate_paths, precedence
from storage.export.profile import Profile
from storage.export.report import ExportedFile, ExportFailure, ExportReport, Outcome
from storage.export.template import with_template
from storage.formats.errors import FormatError
from storage.formats.format import Document
from storage.formats.registry import find_format

# Articles whose texts are held in memory at once. Within a batch the order they come in does not matter.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for one article."""

    key: str
    path: str
    content: bytes
    outcome: Outcome

    @property
    def file(self) -> ExportedFile:
        """What the report says of it."""
        return ExportedFile(self.key, self.path, self.outcome)


def export(articles: Iterable[Article], profile: Profile, *, dry_run: bool = False) -> ExportReport:
    """Write the articles into the profile's folder and return what became of each.

    articles: in any order, though in that of their capture if there are many; one that is given twice is written once.
    dry_run: nothing is written, not even the folder made.

    Raises:
        BadTemplate: the profile's template cannot be read.
        UnsafePath: a name leads through a symbolic link or outside the folder. What was written before stays.
        BadLedger: what earlier exports wrote is not known.
        FolderUnusable: the folder cannot be made, read or written.
    """
    files: list[ExportedFile] = []
    failures: list[ExportFailure] = []
    profile = with_template(profile)
    with Folder(profile.folder, is_read_only=dry_run) as folder:
        ledger = load_ledger(folder, profile_name=profile.name, format_name=profile.format)
        seen: set[str] = set()
        for batch in batches(articles):
            fresh = {article_key(article): article for article in reversed(batch) if article_key(article) not in seen}
            seen.update(fresh)
            plans = list(planned(fresh.values(), profile, folder=folder, ledger=ledger, failures=failures))
            if not dry_run:
                carry_out(plans, folder=folder, ledger=ledger)
            files.extend(plan.file for plan in plans)
        if not dry_run:
            save_ledger(folder, ledger)
    return ExportReport(tuple(files), tuple(failures))


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles some at a time."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def planned(
    articles: Iterable[Article], profile: Profile, *, folder: Folder, ledger: Ledger, failures: list[ExportFailure]
) -> Iterator[Plan]:
    """Yield a plan for each article that can be written, the first captured first; the others become failures."""
    writer = find_format(profile.format)
    for article in sorted(articles, key=precedence):
        try:
            document = writer.write(article, profile.options)
        except FormatError as error:
            failures.append(ExportFailure(article_key(article), str(error)))
            continue
        yield plan_file(article_key(article), document, folder=folder, ledger=ledger)


def plan_file(key: str, document: Document, *, folder: Folder, ledger: Ledger) -> Plan:
    """Decide on an article's name and whether its file needs to be written; the ledger remembers the name."""
    content = document.text.encode()
    entry = ledger.entries.get(key)
    if entry:
        return Plan(key, entry.path, content, outcome_for(key, content, folder.read(entry.path), ledger=ledger))
    for path in candidate_paths(document.path, key=key):
        there = folder.read(path) if ledger.is_free(path, key=key) else b""
        if there is None or there == content:
            ledger.record(key, Entry(path=path, sha256=digest(content)))
            return Plan(key, path, content, "written" if there is None else "unchanged")
    raise AssertionError("there is always another name")


def outcome_for(key: str, content: bytes, there: bytes | None, *, ledger: Ledger) -> Outcome:
    """Decide what becomes of a file that the ledger knows. One that was deleted is written again."""
    if there == content:
        return "unchanged"
    return "written" if there is None or ledger.is_ours(key, there) else "kept"


def carry_out(plans: list[Plan], *, folder: Folder, ledger: Ledger) -> None:
    """Write what is to be written: first into the ledger what is coming, then the files, then that they are there."""
    pending = [plan for plan in plans if plan.outcome == "written"]
    for plan in pending:
        known = ledger.entries[plan.key]
        ledger.record(plan.key, Entry(path=plan.path, sha256=known.sha256, upcoming=digest(plan.content)))
    if pending:
        save_ledger(folder, ledger)
    for plan in pending:
        folder.publish(plan.path, plan.content)
    folder.make_durable()
    for plan in plans:
        if plan.outcome != "kept":
            ledger.record(plan.key, Entry(path=plan.path, sha256=digest(plan.content)))
