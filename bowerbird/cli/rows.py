"""Records as rows: what a list prints of each, with ``--json`` too. The keys are a contract."""

from collections.abc import Collection
from dataclasses import asdict

from bowerbird.cli.advice import advice_on
from bowerbird.settings.secrets import masked
from crawler.order import RunResult
from crawler.summary import counts_of
from storage.article import Article
from storage.outcome import Attempt, Recorded, Run
from storage.source import SourceState

MOST = 2**63 - 1  # the largest number that a database takes


def source_row(state: SourceState) -> dict[str, object]:
    """One source with its state."""
    source = state.source
    return {
        "name": source.name,
        "url": source.url,
        "kind": state.kind,
        "every": source.every,
        "state": state_of(state),
        "last_run_at": state.last_run_at,
        "next_run_at": state.next_run_at,
        "origin": state.origin,
        "include": list(source.include),
        "exclude": list(source.exclude),
        "since": source.since,
        "tags": list(source.tags),
        "category": source.category,
        "body": source.body,
        "recheck": None if source.recheck is None else list(source.recheck),
        "max_pages": source.max_pages,
        "full_text": source.full_text,
        "headers": masked("headers", source.headers),
        "cookies": masked("cookies", source.cookies),
        "render": source.render,
        "fallbacks": list(source.fallbacks),
        "watched_url": state.url,
        "watched_since": state.place_since,
        "watched_because": state.place_because,
        "empty_runs": state.empty_runs,
    }


def state_of(state: SourceState) -> str:
    """How a source is doing, in a word or two."""
    if state.is_paused:
        return "paused"
    if state.failures:
        return f"failed {state.failures}×"
    if state.empty_runs > 1:
        return f"empty {state.empty_runs}×"
    return "active" if state.url == state.source.url else "at a fallback"


def watched_line(state: SourceState) -> str:
    """Where a source is looked for, where that is not its own URL."""
    since = f" since {state.place_since:%Y-%m-%d %H:%M} UTC" if state.place_since else ""
    because = f", because {state.place_because}" if state.place_because else ""
    return f"{state.source.name} is watched at {state.url}{since}{because}"


def run_row(run: Run) -> dict[str, object]:
    """One run with its accounts."""
    return {
        "run": run.id,
        "source": run.source,
        "trigger": run.trigger,
        "status": run.status,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        **asdict(run.totals),
        "attempts": run.attempts,
        "verdicts": counts_of(run.verdicts),
        "counts": {str(verdict): count for verdict, count in run.verdicts.items()},
        "reason": run.reason,
    }


def result_row(result: RunResult) -> dict[str, object]:
    """One run that has just ended."""
    return {
        "run": result.run_id,
        "source": result.source,
        "status": result.status,
        **asdict(result.totals),
        "counts": {str(verdict): count for verdict, count in result.verdicts.items()},
        "reason": result.reason,
    }


def attempt_row(attempt: Attempt, watched: Collection[str]) -> dict[str, object]:
    """One attempt at a URL, with what may help. watched: the names of sources that may stand in a setting."""
    return {
        "run": attempt.run_id,
        "source": attempt.source,
        "at": attempt.at,
        "url": attempt.url,
        "final_url": attempt.final_url,
        "redirects": list(attempt.redirects),
        "status": attempt.status,
        "verdict": attempt.verdict,
        "reason": attempt.reason,
        "cause": str(attempt.cause) if attempt.cause else None,
        "hint": advice_on(attempt, watched),
        "seconds": round(attempt.seconds, 3),
        "bytes": attempt.bytes,
        "not_modified": attempt.not_modified,
        "article_id": attempt.article_id,
        "title": attempt.title,
        "duplicate_of": attempt.duplicate_of,
    }


def recorded_row(recorded: Recorded) -> dict[str, object]:
    """What became of one target of an ingest."""
    return {
        "url": recorded.url,
        "verdict": recorded.verdict,
        "reason": recorded.reason,
        "article_id": recorded.article_id,
        "title": recorded.title,
        "duplicate_of": recorded.duplicate_of,
    }


def recorded_line(recorded: Recorded) -> str:
    """The same in one line for a person."""
    what = f"{recorded.title} [{recorded.article_id}]" if recorded.article_id else ""
    return "  ".join(part for part in (recorded.verdict, recorded.url, what, f"({recorded.reason})") if part)


def article_row(article: Article) -> dict[str, object]:
    """One article as a list shows it."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.best_url,
        "published_at": article.published_at,
        "captured_at": article.captured_at,
        "provider": article.provider.name or article.provider.domain,
        "authors": [author.name for author in article.authors],
        "language": article.language,
        "tags": list(article.tags),
        "words": article.word_count,
        "source": article.source,
    }
