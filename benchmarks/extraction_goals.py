"""The figures a report shows of each collection, and what each should reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure of one collection. name: the scorer's; least and aim: what ours should reach."""

    title: str
    name: str
    collection: str
    least: float
    aim: float
    is_low: bool = False

    def verdict(self, value: float) -> Literal["aim", "least", "no"]:
        """Say what a value reaches, as it is shown: with three digits."""
        value = round(value, 3)
        if value <= self.aim if self.is_low else value >= self.aim:
            return "aim"
        return "least" if (value <= self.least if self.is_low else value >= self.least) else "no"


NEWS, WEB, GERMAN = "fundus-a", "wcxb-dev", "traf-eval"
READABILITY, DEFUDDLE, DATES = "readability", "defuddle", "htmldate-dev"
# What is measured, the scorer's name for it, and of each collection the least and the aim.
FIGURES: tuple[tuple[str, str, dict[str, tuple[float, float]]], ...] = (
    ("body F1", "body F1",
     {NEWS: (0.949, 0.955), WEB: (0.847, 0.865), READABILITY: (0.955, 0.965), DEFUDDLE: (0.905, 0.915)}),
    ("snippet F1", "snippet F1", {GERMAN: (0.935, 0.945)}),
    ("title exact", "title exact", {NEWS: (0.81, 0.85), WEB: (0.75, 0.78), GERMAN: (0.79, 0.82)}),
    ("authors exact", "authors exact", {NEWS: (0.85, 0.87), WEB: (0.75, 0.78), GERMAN: (0.57, 0.62)}),
    ("a person named on pages without author", "person named on author-less pages",
     {WEB: (0.09, 0.06), GERMAN: (0.30, 0.22)}),
    ("date exact", "date exact",
     {NEWS: (0.99, 0.99), WEB: (0.83, 0.85), GERMAN: (0.87, 0.89), DATES: (0.93, 0.95)}),
    ("a date called sure on undated pages", "sure date given on undated pages",
     {WEB: (0.15, 0.12), GERMAN: (0.34, 0.28)}),
    ("tags F1", "tags F1", {NEWS: (0.63, 0.68), GERMAN: (0.44, 0.52)}),
    ("Markdown: fenced code", "md kept: fenced code", {DEFUDDLE: (0.93, 0.95), WEB: (0.80, 0.88)}),
    ("Markdown: heading", "md kept: heading as #", {DEFUDDLE: (0.82, 0.88), WEB: (0.78, 0.85), NEWS: (0.91, 0.94)}),
    ("Markdown: quote as >", "md kept: blockquote line as >", {DEFUDDLE: (0.31, 0.60), WEB: (0.70, 0.80)}),
    ("Markdown: list", "md kept: list item as list", {DEFUDDLE: (0.65, 0.75), WEB: (0.76, 0.82)}),
    ("Markdown: image", "md kept: image", {DEFUDDLE: (0.62, 0.80)}),
    ("Markdown: math", "md kept: math", {DEFUDDLE: (0.70, 0.85)}),
    ("Markdown: table row", "md kept: table row as row", {DEFUDDLE: (0.83, 0.90), WEB: (0.91, 0.93)}),
)  # fmt: skip
LOW = frozenset({"person named on author-less pages", "sure date given on undated pages"})
MEAN_RATIO, MEDIAN_RATIO, SLOWEST_SECONDS = (0.50, 0.42), (0.56, 0.45), (0.5, 0.25)


def goals() -> Iterator[Goal]:
    """Give each figure of each collection that has a goal."""
    for title, name, collections in FIGURES:
        for collection, (least, aim) in collections.items():
            yield Goal(title, name, collection, least, aim, is_low=name in LOW)
