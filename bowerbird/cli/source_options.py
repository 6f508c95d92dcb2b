"""The options that describe a source, and the source they make, by the rules of settings.yaml."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from bowerbird.settings.source import SourceSettings
from storage.database.store import Store
from storage.identity.url import url_key
from storage.source import Source, SourceKind

Command = TypeVar("Command", bound=Callable[..., Any])


def read_pairs(_: click.Context, parameter: click.Parameter, given: Iterable[str]) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping.

    Raises:
        click.BadParameter: one has no ``=``.
    """
    pairs: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE", param=parameter)
        pairs[name.strip()] = value.strip()
    return pairs


OPTIONS = (
    click.option("--kind", type=click.Choice([kind.value for kind in SourceKind]), default="auto", show_default=True),
    click.option("--every", default="auto", show_default=True, help="auto, a span such as 30m, or cron in UTC."),
    click.option("--include", multiple=True, metavar="PATTERN", help="Only URLs like this: a glob, or re:REGEX."),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="No URLs like this."),
    click.option("--since", metavar="SPAN", help="Nothing older than this at the first visit, e.g. 30d."),
    click.option("--tag", "tags", multiple=True, help="Given to each of its articles."),
    click.option("--category", default="", help="Given to each of its articles."),
    click.option("--body", metavar="CSS", help="Selector of the main text, where the extractor gets it wrong."),
    click.option("--recheck", multiple=True, metavar="SPAN", help="An age at which its articles are fetched again."),
    click.option("--no-recheck", is_flag=True, help="Never fetch its articles again."),
    click.option("--max-pages", type=click.IntRange(min=1), metavar="N", help="Pages fetched in one run at most."),
    click.option(
        "--full-text",
        type=click.Choice(["page", "feed"]),
        default="page",
        show_default=True,
        help="feed: take the text that the feed holds and do not fetch the page.",
    ),
    click.option(
        "--header",
        "headers",
        multiple=True,
        metavar="NAME=VALUE",
        callback=read_pairs,
        help="Sent to its own site; VALUE may hold ${VARIABLE} of the environment.",
    ),
    click.option(
        "--cookie",
        "cookies",
        multiple=True,
        metavar="NAME=VALUE",
        callback=read_pairs,
        help="Sent to its own site; VALUE may hold ${VARIABLE} of the environment.",
    ),
    click.option(
        "--render",
        type=click.Choice(["none", "browser"]),
        default="none",
        show_default=True,
        help="browser: let Chromium run the scripts of its pages.",
    ),
    click.option("--fallback", "fallbacks", multiple=True, metavar="URL", help="Tried where URL fails or stays empty."),
)


def source_options(command: Command) -> Command:
    """Give a command the options that describe a source, in their order."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def checked_source(fields: Mapping[str, object]) -> Source:
    """Return the source that the options describe, by the rules of settings.yaml.

    Raises:
        click.UsageError: with every option that is wrong.
    """
    given = dict(fields)
    is_off = given.pop("no_recheck", False)
    if is_off and given["recheck"]:
        raise click.UsageError("--recheck and --no-recheck exclude each other")
    given["recheck"] = given.get("recheck") or (() if is_off else None)
    try:
        return SourceSettings.model_validate(given).source
    except ValidationError as error:
        raise click.UsageError("; ".join(faults_of(error))) from error


def faults_of(error: ValidationError) -> list[str]:
    """Return what is wrong with a source, each fault behind the name of its option."""
    return [f"{fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()]


def watched_as(store: Store, url: str) -> str | None:
    """Return the name of the source that watches url already, at whatever place, or None."""
    key = url_key(url)
    return next((s.source.name for s in store.sources.list() if key in map(url_key, s.source.places)), None)
