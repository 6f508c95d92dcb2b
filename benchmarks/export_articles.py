"""The articles that the export benchmarks write: news stories of 600 words, no two alike. Not a benchmark itself."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from storage.article import Article, Author, Image, Link, Provider, Topic
from storage.database.store import Store
from storage.outcome import Outcome
from storage.verdict import Verdict

AT = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 500
MARKS = re.compile(r"\*+|\[([^]]*)\]\([^)]*\)")
SENTENCES = (
    "The harbour master counted {n} boats before noon, wrote the number down, and went to see about the weather.",
    "Nobody on the **quay** could say who had moved them, though [the ledger](https://paper.example.org/{n}) was open.",
    "It was the {n}th day of wind; “we have had worse”, said the pilot, and tied his boat to the bridge again.",
    "Council members asked for a second count, a third opinion and a map on which the *old* channel is shown.",
)


def article(number: int) -> Article:
    """A story as pages have them: headings, links, emphasis, a list, pictures with captions."""
    paragraphs = [
        " ".join(SENTENCES[(number + part + each) % 4].format(n=number * 10 + part) for each in range(4))
        for part in range(8)
    ]
    items = "\n".join(
        f"- boat {number + each}, seen at the [berth](https://example.org/berth/{each})" for each in range(4)
    )
    picture = "![The quay at noon](https://img.example.org/quay.jpg)\n\n*The quay at noon.*"
    body = "\n\n".join(
        [paragraphs[0], picture, *paragraphs[1:4], "## What was seen", items, *paragraphs[4:], "## What comes next"]
    )
    text = MARKS.sub(lambda found: found[1] or "", "\n\n".join(paragraphs))
    host = f"paper{number % 40}.example.org"
    return Article(
        url=f"https://{host}/{number}/boats-counted.html",
        title=f"Boats counted in the harbour, report {number}",
        excerpt=f"{text[:140]}…",
        language="en",
        authors=(Author(f"Ann Author {number % 50}"),),
        published_at=AT + timedelta(minutes=number),
        captured_at=AT + timedelta(minutes=number + 5),
        provider=Provider(name="The Harbour Paper", domain=host),
        source=f"paper-{number % 40}",
        tags=("harbour", f"pier {number % 90}", "weather"),
        topics=(Topic("Harbour", "Concept"),),
        images=(Image("https://img.example.org/quay.jpg", 1200, 800, "The quay at noon", "The quay at noon."),),
        links=tuple(Link(f"https://site{each}.example.net/{number}", f"Site {each}") for each in range(8)),
        body=body,
        text=text,
    )


def articles(count: int) -> Iterator[Article]:
    """That many stories, each with an id."""
    for number in range(count):
        made = article(number)
        yield Article(**{**{name: getattr(made, name) for name in Article.__slots__}, "id": f"story{number:07d}"})


def fill(store: Store, count: int) -> None:
    """Record that many stories, as a crawl does."""
    run = store.runs.start("benchmark", trigger="benchmark", now=AT)
    for start in range(0, count, AT_ONCE):
        stories = [article(number) for number in range(start, min(count, start + AT_ONCE))]
        outcomes = [
            Outcome(url=each.url, verdict=Verdict.CAPTURED, reason="", at=each.captured_at or AT, article=each)
            for each in stories
        ]
        store.record(run, outcomes)
