"""The report of a run as Markdown: its tables, and their place in a document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from types import ModuleType
from typing import Any

from benchmarks.extraction_goals import MEAN_RATIO, MEDIAN_RATIO, SLOWEST_SECONDS, Goal, goals
from benchmarks.extraction_pages import Page
from benchmarks.extraction_reading import Result

BEGIN, END = "<!-- made by benchmarks/extraction.py -->", "<!-- end of figures -->"
TYPES_OF = "wcxb-dev"
LEAST_DIFFERENCE = -0.005


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page with what both gave for it."""

    page: Page
    plain: Result
    ours: Result


Outcomes = Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of a run, by collection. score: the scorer; figures: what it has said so far."""

    outcomes: Mapping[str, Outcomes]
    score: ModuleType
    figures: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def all(self) -> list[Outcome]:
        """All pages."""
        return [outcome for outcomes in self.outcomes.values() for outcome in outcomes]

    def write(self, *, heading: str) -> str:
        """Return the whole report. heading: what was read, with what."""
        parts = [heading, self.goal_table(), self.type_table(), self.cjk_table(), self.cpu_table(), self.stage_table()]
        return "\n\n".join(part for part in parts if part)

    def goal_table(self) -> str:
        """Each figure beside plain trafilatura's and its goal."""
        rows = [row for goal in goals() if goal.collection in self.outcomes for row in self.goal_row(goal)]
        head = ("figure", "collection", "of", "plain", "ours", "half 0", "half 1", "at least", "aim", "reached")
        return table(head, [*rows, *self.ratio_rows()])

    def goal_row(self, goal: Goal) -> list[list[str]]:
        """The row of one figure, where it rests on anything."""
        figures = [found.get(goal.name) for found in self.scored(goal.collection)]
        if figures[1] is None or not figures[1].n:
            return []
        shown = ["" if figure is None or not figure.n else decimal(figure.value) for figure in figures]
        goal_cells = [decimal(goal.least), decimal(goal.aim), goal.verdict(figures[1].value)]
        return [[goal.title, goal.collection, str(figures[1].n), *shown, *goal_cells]]

    def scored(self, collection: str) -> list[dict[str, Any]]:
        """Return the scorer's figures of a collection: plain's, ours, ours of half 0 and of half 1."""
        if collection not in self.figures:
            outcomes = self.outcomes[collection]
            self.figures[collection] = [
                self.score.score([(outcome.page.truth, record(outcome)) for outcome in group])
                for group, record in (
                    (outcomes, plain_record),
                    *((each, ours_record) for each in (outcomes, *halves(outcomes))),
                )
            ]
        return self.figures[collection]

    def ratio_rows(self) -> list[list[str]]:
        """CPU of ours over that of plain trafilatura, and the slowest page."""
        groups = [group for group in (self.all, *halves(self.all)) if group]
        rows = []
        for name, fold, (least, aim) in (("mean", fmean, MEAN_RATIO), ("median", median, MEDIAN_RATIO)):
            ratios = [fold(ours_seconds(group)) / fold(plain_seconds(group)) for group in groups]
            goal = Goal(f"CPU of a page, {name}, over plain's", "", "all", least, aim, is_low=True)
            cells = [*map(decimal, ratios), decimal(least), decimal(aim), goal.verdict(ratios[0])]
            rows.append([goal.title, "all", str(len(self.all)), "1", *cells])
        least, aim = SLOWEST_SECONDS
        slowest = [max(ours_seconds(group)) for group in groups]
        goal = Goal("slowest page, seconds", "", "all", least, aim, is_low=True)
        cells = [*map(decimal, slowest), decimal(least), decimal(aim), goal.verdict(slowest[0])]
        return [*rows, [goal.title, "all", str(len(self.all)), decimal(max(plain_seconds(self.all))), *cells]]

    def type_table(self) -> str:
        """Body F1 by the type of page."""
        outcomes = [o for o in self.outcomes.get(TYPES_OF, ()) if o.page.truth.get("body")]
        kinds = sorted({str(outcome.page.truth.get("page_type")) for outcome in outcomes})
        rows = []
        for kind in kinds:
            group = [outcome for outcome in outcomes if outcome.page.truth.get("page_type") == kind]
            plain, ours = self.body(group, plain_record), self.body(group, ours_record)
            parts = [decimal(self.body(half, ours_record)) if half else "" for half in halves(group)]
            is_low = round(ours - plain, 3) < LEAST_DIFFERENCE
            difference = f"{ours - plain:+.3f}{' (lower)' if is_low else ''}"
            rows.append([kind, str(len(group)), decimal(plain), decimal(ours), *parts, difference])
        head = ("type of page", "pages", "plain", "ours", "half 0", "half 1", "difference")
        return f"Body F1 on {TYPES_OF} by type of page:\n\n{table(head, rows)}" if rows else ""

    def body(self, outcomes: Outcomes, record: Callable[[Outcome], dict[str, Any]]) -> float:
        """The mean F1 of these bodies."""
        return fmean(self.score.body_scores(o.page.truth, record(o))[0] for o in outcomes)

    def cjk_table(self) -> str:
        """Every page in Chinese, Japanese or Korean."""
        rows = []
        for outcome in self.all:
            truth = outcome.page.truth
            if not truth.get("body") or not self.score.is_cjk(truth["body"]):
                continue
            scores = [self.body([outcome], record) for record in (plain_record, ours_record)]
            lengths = [len(record(outcome).get("text") or "") for record in (plain_record, ours_record)]
            name = f"{outcome.page.collection} {outcome.page.digest[:8]}"
            rows.append([name, f"{len(truth['body']):,}", *(f"{n:,}" for n in lengths), *map(decimal, scores)])
            rows[-1].append(str(outcome.ours.record["outcome"]))
        head = ("page", "characters", "plain", "ours", "F1, plain", "F1, ours", "outcome")
        return f"Pages in Chinese, Japanese and Korean, by the MD5 of their id:\n\n{table(head, rows)}" if rows else ""

    def cpu_table(self) -> str:
        """CPU milliseconds a page, of both."""
        groups = [*self.outcomes.items(), ("all", self.all)]
        rows = []
        for name, outcomes in groups:
            for who, seconds in (("plain", plain_seconds(outcomes)), ("ours", ours_seconds(outcomes))):
                rows.append([name, str(len(outcomes)), who, *spread(seconds)])
        return "CPU of a page, in milliseconds:\n\n" + table(
            ("collection", "pages", "", "mean", "median", "p95", "slowest"), rows
        )

    def stage_table(self) -> str:
        """Where ours spends it."""
        stages = [outcome.ours.stages for outcome in self.all]
        names = {name for each in stages for name in each}
        means = {name: fmean(each.get(name, 0.0) for each in stages) for name in names}
        whole = sum(means.values())
        rows = [
            [name, *spread([each.get(name, 0.0) for each in stages]), f"{mean / whole:.1%}"]
            for name, mean in sorted(means.items(), key=lambda item: -item[1])
        ]
        head = ("stage", "mean", "median", "p95", "most", "share")
        return f"Where ours spends it, by stage:\n\n{table(head, rows)}"


def plain_record(outcome: Outcome) -> dict[str, Any]:
    return outcome.plain.record


def ours_record(outcome: Outcome) -> dict[str, Any]:
    return outcome.ours.record


def plain_seconds(outcomes: Outcomes) -> list[float]:
    return [outcome.plain.seconds for outcome in outcomes]


def ours_seconds(outcomes: Outcomes) -> list[float]:
    return [outcome.ours.seconds for outcome in outcomes]


def halves(outcomes: Outcomes) -> list[list[Outcome]]:
    """The pages of half 0, and those of half 1."""
    return [[outcome for outcome in outcomes if outcome.page.half == half] for half in (0, 1)]


def spread(seconds: Sequence[float]) -> list[str]:
    """Mean, median, 95th percentile and the most, in milliseconds."""
    ordered = sorted(seconds)
    picked = (fmean(ordered), median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return [f"{1000 * value:.1f}" for value in picked]


def decimal(value: float) -> str:
    """Three digits behind the point, and none before it where that is a zero."""
    return f"{value:.3f}".replace("0.", ".", 1) if value < 1 else f"{value:.3f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; what follows the first two columns is set to the right."""
    marks = ["---", "---", *["---:"] * (len(head) - 2)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, marks, *rows))


def put_into(document: Path, report: str) -> None:
    """Put a report between the two marks of a document.

    Raises:
        SystemExit: it does not have both.
    """
    text = document.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{document} has no place for the figures: it needs the lines {BEGIN} and {END}")
    before, _, rest = text.partition(BEGIN)
    document.write_text(f"{before}{BEGIN}\n\n{report}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
