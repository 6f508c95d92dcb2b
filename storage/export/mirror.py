"""Laying articles out as the files of a profile, again and again. Not for what stands in them.

A name once given lasts. A file that is up to date is not touched, and its article not even loaded; what a person has
edited stays; one that is not ours is never overwritten: the article gets another name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from storage.article import Article
from storage.errors import UnsafePath
from storage.export.choices import Choices
from storage.export.directory import FileState
from storage.export.entry import Content, Entry, digest
from storage.export.errors import FolderUnusable
from storage.export.finder import Finder
from storage.export.folder import Folder
from storage.export.ledger import Ledger, close_ledger, load_ledger, save_ledger
from storage.export.naming import article_key, precedence
from storage.export.picture_place import picture_place
from storage.export.plan import Plan, Planner
from storage.export.preparation import Preparation, Prepared, preparation_for, recipe_of
from storage.export.profile import Profile
from storage.export.prune import prune
from storage.export.rendering import Rendered, Renderer
from storage.export.report import ExportedFile, ExportFailure, ExportReport
from storage.export.selection import Given, Selection
from storage.export.shared import due_documents, shared_key
from storage.export.state import fingerprint, is_settled, stamp_of
from storage.export.template import with_template
from storage.formats.errors import FormatError
from storage.formats.format import Document
from storage.stamp import Stamp

# Articles whose texts are held in memory at once. Within a batch the order they come in does not matter.
BATCH = 1000
DEFAULT = Choices()


def export(
    articles: Iterable[Article] | Selection,
    profile: Profile,
    *,
    choices: Choices = DEFAULT,
    dry_run: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> ExportReport:
    """Write the articles into the profile's folder and return what became of each.

    articles: in any order, though in that of their capture if there are many; one that is given twice is written once.
    Of a selection only what may have changed is loaded. dry_run: as choices.is_dry. advance: called after each article.

    Raises:
        BadTemplate: the profile's template cannot be read.
        BadLedger: what earlier exports wrote is not known.
        FolderUnusable: the folder cannot be made, read or written.
    """
    chosen = replace(choices, is_dry=choices.is_dry or dry_run)
    selection = articles if isinstance(articles, Selection) else Given(articles)
    profile = with_template(profile)
    with Folder(profile.folder, is_read_only=chosen.is_dry) as folder, Renderer(recipe_of(profile)) as renderer:
        mirror = mirror_of(profile, folder, chosen)
        mirror.run(selection, renderer, advance=advance)
        if chosen.is_pruned:
            mirror.files.extend(prune(mirror.seen, folder=folder, ledger=mirror.ledger, finder=mirror.finder))
        if not chosen.is_dry:
            mirror.preparation.close()
            folder.make_durable()
            close_ledger(folder, mirror.ledger)
    return ExportReport(tuple(mirror.files), tuple(mirror.failures), tuple(mirror.shared))


def due_articles(selection: Selection, profile: Profile, *, choices: Choices) -> list[str]:
    """Return the ids of the articles that an export would render now.

    Raises:
        As export does.
    """
    with Folder(profile.folder, is_read_only=True) as folder:
        mirror = mirror_of(with_template(profile), folder, choices)
        stamps = iter(selection.stamps())
        return [key for taken in iter(lambda: list(islice(stamps, BATCH)), []) for key in mirror.due(taken)]


def mirror_of(profile: Profile, folder: Folder, choices: Choices) -> "Mirror":
    """Return the mirror of a profile in its open folder."""
    ledger = load_ledger(folder, profile_name=profile.name, format_name=profile.format)
    preparation = preparation_for(profile, folder=folder, ledger=ledger, choices=choices)
    return Mirror(folder, ledger, choices, fingerprint(profile), preparation)


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles on their way. size: with those that need nothing. stamps, prepared: of all others, by id."""

    size: int
    stamps: Mapping[str, str]
    prepared: Mapping[str, Prepared]
    rendered: Iterator[Rendered]


@dataclass
class Mirror:
    """One run over a folder."""

    folder: Folder
    ledger: Ledger
    choices: Choices
    fingerprint: str
    preparation: Preparation
    files: list[ExportedFile] = field(default_factory=list)
    failures: list[ExportFailure] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    documents: list[Document] = field(default_factory=list)
    shared_paths: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.finder = Finder(self.folder, self.ledger)
        self.planner = Planner(self.folder, self.ledger, self.choices, self.finder)

    def run(self, selection: Selection, renderer: Renderer, *, advance: Callable[[], None]) -> None:
        """Bring the files of all articles up to date; one batch is loaded while the one before it is rendered."""
        before: Batch | None = None
        stamps = iter(selection.stamps())
        while taken := list(islice(stamps, BATCH)):
            batch = self.begin(taken, selection, renderer)
            if before:
                self.finish(before, advance=advance)
            before = batch
        if before:
            self.finish(before, advance=advance)

    def begin(self, stamps: Sequence[Stamp], selection: Selection, renderer: Renderer) -> Batch:
        """Pass over articles whose files are up to date, and begin to render the others, the first captured first."""
        self.seen.update(stamp.id for stamp in stamps)
        wanted = self.due(stamps)
        prepared: dict[str, Prepared] = {}
        for article in sorted(selection.load(list(wanted)), key=precedence) if wanted else []:
            key = article_key(article)
            try:
                prepared[key] = self.preparation.prepare(article)
            except FormatError as error:
                self.failures.append(ExportFailure(key, str(error)))
        return Batch(len(stamps), wanted, prepared, renderer.begin([each.article for each in prepared.values()]))

    def due(self, stamps: Sequence[Stamp]) -> dict[str, str]:
        """Return the stamps of the articles that are to be rendered, by their ids; the others' files are reported."""
        states = self.states_of([stamp.id for stamp in stamps])
        wanted = {stamp.id: stamp_of(stamp, self.fingerprint) for stamp in stamps}
        for key in [key for key, stamp in wanted.items() if self.is_up_to_date(key, stamp, states)]:
            del wanted[key]
            entry = self.ledger.entries[key]
            self.files.append(ExportedFile(key, entry.path, "kept" if entry.is_kept else "unchanged"))
        return wanted

    def is_up_to_date(self, key: str, stamp: str, states: Mapping[str, FileState]) -> bool:
        """Whether an article need not be looked at."""
        entry = self.ledger.entries.get(key)
        if entry is None or self.choices.is_full:
            return False
        return is_settled(entry, states.get(entry.path), stamp=stamp, on_conflict=self.choices.on_conflict)

    def states_of(self, keys: Iterable[str]) -> dict[str, FileState]:
        """Return the states of the files of articles; those that were moved are found first."""
        entries = {key: self.ledger.entries[key] for key in keys if key in self.ledger.entries}
        states = self.folder.states(entry.path for entry in entries.values())
        for key, entry in entries.items():
            if entry.path not in states and (path := self.finder.find(entry)):
                self.ledger.record(key, replace(entry, path=path, is_moved=True))
                states |= self.folder.states([path])
        return states

    def finish(self, batch: Batch, *, advance: Callable[[], None]) -> None:
        """Plan and write what was rendered."""
        results = list(batch.rendered)
        # Looked at again: while the texts were made, somebody may have been at work.
        wanted = [self.wanted_path(each) for each in results if each.fresh]
        states, blocked = self.folder.states(wanted), self.folder.blocked(wanted)
        plans: list[Plan] = []
        for each in results:
            if each.fresh is None:
                self.failures.append(ExportFailure(each.key, each.failure))
                continue
            path = self.wanted_path(each)
            if path in blocked:
                self.failures.append(ExportFailure(each.key, str(blocked[path])))
                continue
            prepared = batch.prepared[each.key]
            stamp = "" if prepared.is_provisional else batch.stamps[each.key]
            try:
                plan = self.planner.plan(each, each.fresh, stamp=stamp, states=states)
                if plan.entry.path != path:
                    self.folder.check(plan.entry.path)
            except (UnsafePath, FolderUnusable) as error:
                self.failures.append(ExportFailure(each.key, str(error)))
                continue
            plans.append(replace(plan, entry=self.with_prepared(plan.entry, prepared)))
            self.documents += each.shared
        if not self.choices.is_dry:
            self.lay_out_pictures(plans, batch.prepared)
        self.carry_out(plans, states=states)
        self.files.extend(plan.file for plan in plans)
        for _ in range(batch.size):
            advance()

    def with_prepared(self, entry: Entry, prepared: Prepared) -> Entry:
        """Return an entry with what the preparation of its article has brought."""
        form = self.preparation.recipe.format_name
        places = [picture_place(name, document=entry.path, format_name=form) for name in prepared.pictures]
        return replace(entry, secured=prepared.secured, shared=(*entry.shared, *(place.path for place in places)))

    def lay_out_pictures(self, plans: Sequence[Plan], prepared: Mapping[str, Prepared]) -> None:
        """Put pictures where the files that are written show them, before those are."""
        shelf, form = self.preparation.shelf, self.preparation.recipe.format_name
        for plan in plans if shelf else ():
            if shelf and plan.decision.text is not None:
                copies = shelf.lay_out(prepared[plan.key].pictures, document=plan.entry.path, format_name=form)
                for path, content in copies.items():
                    self.ledger.record(shared_key(path), Entry(path, written=Content(digest(content))))

    def wanted_path(self, rendered: Rendered) -> str:
        """Return the path an article has, or would like to have."""
        entry = self.ledger.entries.get(rendered.key)
        return entry.path if entry else rendered.path

    def carry_out(self, plans: Sequence[Plan], *, states: dict[str, FileState]) -> None:
        """Write what is to be written: into the ledger what is coming, then the files, then that they are there."""
        shared = self.take_shared()
        if self.choices.is_dry:
            return
        contents = {plan.entry.path: plan.decision.text for plan in plans if plan.decision.text is not None} | shared
        for plan in plans:
            if plan.decision.text is not None:
                self.ledger.record(plan.key, plan.begun(self.ledger.entries[plan.key]))
        for path, content in shared.items():
            known = self.ledger.entries.get(shared_key(path), Entry(path))
            self.ledger.record(shared_key(path), replace(known, coming=Content(digest(content))))
        save_ledger(self.folder, self.ledger)
        states |= self.folder.publish_all(contents)
        self.folder.make_durable()
        for plan in plans:
            self.ledger.record(plan.key, with_state(plan.entry, states.get(plan.entry.path)))
        for path, content in shared.items():
            self.ledger.record(shared_key(path), Entry(path, written=Content(digest(content))))
        save_ledger(self.folder, self.ledger)

    def take_shared(self) -> dict[str, bytes]:
        """Return the shared documents that are to be written, each path once a run."""
        documents = [each for each in self.documents if each.path not in self.shared_paths]
        self.shared_paths.update(each.path for each in documents)
        self.documents.clear()
        due = due_documents(documents, folder=self.folder, ledger=self.ledger)
        self.shared += due
        return due


def with_state(entry: Entry, state: FileState | None) -> Entry:
    """Return an entry with the state of its file."""
    if state is None:
        return replace(entry, size_bytes=-1, mtime_ns=0)
    return replace(entry, size_bytes=state.size_bytes, mtime_ns=state.mtime_ns)
