"""What ``bowerbird export`` says of one profile. Not for carrying it out."""

from collections import Counter
from collections.abc import Iterator

from bowerbird.cli.context import App
from storage.export.profile import Profile
from storage.export.report import ExportReport, Outcome

MOST_NAMED = 10


def print_report(app: App, report: ExportReport, profile: Profile, *, is_dry: bool) -> None:
    """Print a line of numbers, or an object, and what a person should know of on stderr."""
    row: dict[str, object] = {
        "profile": profile.name,
        "format": profile.format,
        "folder": str(profile.folder),
        **dict(report.counts),
        "shared": len(report.shared),
        "failed": len(report.failures),
        "left_out": len(report.left_out),
        "files": [file.path for file in report.files if file.outcome in ("written", "merged")],
        "kept_files": [file.path for file in report.files if file.outcome == "kept"],
        "removed_files": [file.path for file in report.files if file.outcome == "removed"],
    }
    did = "would write" if is_dry else "wrote"
    app.output.item(row, f"{profile.name}: {did} {summary_line(report, profile)}")
    for line in named_lines(report, is_dry=is_dry):
        app.note(f"{profile.name}: {line}")
    for failure in report.failures:
        app.note(f"{profile.name}: article {failure.article_id}: {failure.reason}")
    for reason, count in Counter(each.reason for each in report.left_out).items():
        app.note(f"{profile.name}: {count} {'article' if count == 1 else 'articles'} left out: {reason}")


def summary_line(report: ExportReport, profile: Profile) -> str:
    """Return how many files there are of each outcome."""
    written = report.written + report.merged
    said = f"{written} {'file' if written == 1 else 'files'} to {profile.folder}"
    if report.merged:
        said += f" ({report.merged} around what a person set in {'it' if report.merged == 1 else 'them'})"
    said += f", {report.unchanged} unchanged"
    if report.kept:
        said += f", {report.kept} left alone because a person changed {'it' if report.kept == 1 else 'them'}"
    if report.removed:
        said += f", {report.removed} removed"
    return said


def named_lines(report: ExportReport, *, is_dry: bool) -> Iterator[str]:
    """Yield a line for each file that was left alone or removed, at most MOST_NAMED of each, and one for the rest."""
    said: tuple[tuple[Outcome, str], ...] = (
        ("kept", "left alone"),
        ("removed", "would be removed" if is_dry else "removed"),
    )
    for outcome, words in said:
        paths = [file.path for file in report.files if file.outcome == outcome]
        yield from (f"{words}: {path}" for path in paths[:MOST_NAMED])
        if len(paths) > MOST_NAMED:
            yield f"{words}: {len(paths) - MOST_NAMED} more"
