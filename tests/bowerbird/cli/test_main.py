"""The frame of the command line: options anywhere, lazy commands, and one line for every error."""

import ast
import errno
import json
import logging
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess

import click
import pytest

from bowerbird.cli.context import App, pass_app
from bowerbird.cli.exits import Exit, exit_of_error, exit_of_tally
from bowerbird.cli.lazy import COMMANDS, load_command
from bowerbird.cli.options import add_shared_options, shared_options
from bowerbird.errors import Problem, SettingsMissing, SettingsWrong
from crawler.errors import BadManifest, CrawlerGone, RefusedAddress
from scheduler.errors import BadEvery
from storage.errors import BadDuration, DatabaseUnusable, NoSuchSource, UnknownFormat, UnsafePath
from storage.export.errors import BadLedger, BadNames, FolderUnusable

Cli = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[3]
WRITTEN = [name for name in COMMANDS if find_spec(f"bowerbird.cli.{name}")]
HEAVY = ("scrapy", "twisted", "sqlalchemy", "trafilatura", "apscheduler", "starlette", "rich")
RUN = "from bowerbird.cli.main import run; run()"


def command_paths() -> list[tuple[str, ...]]:
    """Return every command there is, those of groups included."""
    paths: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], click.Command]] = [((name,), load_command(name)) for name in WRITTEN]
    while waiting:
        path, command = waiting.pop()
        paths.append(path)
        if isinstance(command, click.Group):
            waiting += [((*path, name), child) for name, child in command.commands.items()]
    return sorted(paths)


def group_doing(action: Callable[[App], object]) -> click.Group:
    """Return a command line whose one command, ``act``, does as action says."""

    @click.group(params=shared_options())
    def group() -> None:
        pass

    @group.command()
    @pass_app
    def act(app: App) -> object:
        return action(app)

    add_shared_options(act)
    return group


def raising(error: BaseException) -> click.Group:
    def action(app: App) -> object:
        raise error

    return group_doing(action)


def python(code: str, *arguments: str) -> CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_every_command_has_help_with_an_example(cli: Cli, path: tuple[str, ...]) -> None:
    done = cli(*path, "--help")
    assert done.returncode == 0
    assert f"Usage: bowerbird {' '.join(path)}" in done.stdout
    assert "Example" in done.stdout
    assert f"bowerbird {path[0]}" in done.stdout.partition("Example")[2] or "bowerbird --" in done.stdout
    assert "--json" in done.stdout


def test_the_help_lists_every_command_without_importing_one(cli: Cli) -> None:
    done = cli("--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    check = f"import sys; from bowerbird.cli.main import execute; execute(['--help']); print({set(COMMANDS)!r} & "
    names = "{name.removeprefix('bowerbird.cli.') for name in sys.modules}, file=sys.stderr)"
    assert python(check + names).stderr.strip() == "set()"


@pytest.mark.parametrize("arguments", [["--version"], ["settings", "check"], ["settings", "show"]], ids=" ".join)
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from bowerbird.cli.main import execute; assert execute({arguments!r}) == 0; "
    done = python(code + f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)")
    assert done.stderr.strip() == "[]"


def test_the_version_is_there_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = python(RUN, "--version")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stdout.startswith("bowerbird 0.")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


def test_without_a_command_the_help_goes_to_stderr(cli: Cli) -> None:
    done = cli()
    assert done.returncode == Exit.USAGE
    assert done.stdout == ""
    assert done.stderr.startswith("Usage: bowerbird")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["expor"], "bowerbird: No such command 'expor'. Did you mean 'export'? See `bowerbird --help`"),
        (["--jsn"], "bowerbird: No such option '--jsn'. Did you mean '--json'? See `bowerbird --help`"),
        (["settings", "shw"], "bowerbird: No such command 'shw'. Did you mean 'show'? See `bowerbird settings --help`"),
        (
            ["settings", "show", "x"],
            "bowerbird: Got unexpected extra argument (x). See `bowerbird settings show --help`",
        ),
    ],
)
def test_a_wrong_command_line_is_one_line_with_the_nearest_name(cli: Cli, arguments: list[str], line: str) -> None:
    done = cli(*arguments)
    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert done.stderr.splitlines() == [line]


@pytest.mark.parametrize(
    "arguments", [["--json", "-vv", "--settings", "x", "act"], ["act", "--json", "-v", "-v", "--settings", "x"]]
)
def test_shared_options_stand_before_or_after_the_command(cli: Cli, arguments: list[str]) -> None:
    seen: list[App] = []
    assert cli(*arguments, group=group_doing(seen.append)).returncode == 0
    (app,) = seen
    assert (app.settings_path, app.as_json, app.verbosity) == (Path("x"), True, 2)


def test_options_on_both_sides_add_up(cli: Cli) -> None:
    seen: list[App] = []
    cli("--settings", "x", "act", "--json", group=group_doing(seen.append))
    assert (seen[0].settings_path, seen[0].as_json) == (Path("x"), True)


def test_a_command_may_have_an_option_of_a_shared_name() -> None:
    command = click.Command("own", params=[click.Option(["-v", "--value"])])
    add_shared_options(command)
    assert [option.opts for option in command.params] == [
        ["-v", "--value"],
        ["--settings"],
        ["--json"],
        ["-q", "--quiet"],
    ]


@pytest.mark.parametrize("code", list(Exit))
def test_a_command_returns_its_exit_code(cli: Cli, code: Exit) -> None:
    assert cli("act", group=group_doing(lambda _: code)).returncode == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsMissing("a.yaml", "there is no such file"), 2),
        (SettingsWrong([Problem("settings.yaml", "a"), Problem("settings.yaml", "b", 2)]), 2),
        (DatabaseUnusable("sqlite:///x", "it is locked"), 6),
        (NoSuchSource("x"), 2),
        (BadDuration("x"), 2),
        (UnknownFormat("x", ["note"]), 2),
        (UnsafePath("../x", "it leaves the folder"), 2),
        (BadLedger("/a/p.jsonl", "no JSON"), 2),
        (BadNames("{titel}", "there is no such field"), 2),
        (FolderUnusable("/a", "it is a file"), 2),
        (BadManifest("list.jsonl", 3, "no JSON"), 2),
        (BadEvery("x", "it cannot be read"), 2),
        (RefusedAddress("http://127.0.0.1/", "not public"), 5),
        (CrawlerGone(9), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_our_errors_are_their_message_and_their_code(cli: Cli, error: Exception, code: int) -> None:
    assert exit_of_error(error) == code
    done = cli("act", group=raising(error))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.splitlines() == [f"bowerbird: {line}" for line in str(error).splitlines()]


def test_any_other_error_is_called_a_bug(cli: Cli) -> None:
    done = cli("act", group=raising(ZeroDivisionError("by\nzero\x1b[31m")))
    assert done.returncode == Exit.UNEXPECTED
    line = "bowerbird: ZeroDivisionError: by zero [31m; this is a bug; run with -v for the traceback"
    assert done.stderr.splitlines() == [line]


def test_verbose_shows_the_traceback(cli: Cli) -> None:
    done = cli("act", "-v", group=raising(NoSuchSource("x")))
    assert done.returncode == Exit.USAGE
    assert "Traceback (most recent call last)" in done.stderr


def test_an_operating_system_error_names_the_file(cli: Cli) -> None:
    done = cli("act", group=raising(OSError(errno.ENOSPC, "No space left on device", "out/a.md")))
    assert (done.returncode, done.stderr) == (1, "bowerbird: out/a.md: No space left on device\n")


def test_an_interrupt_is_130(cli: Cli) -> None:
    done = cli("act", group=raising(KeyboardInterrupt()))
    assert (done.returncode, done.stderr.strip()) == (130, "bowerbird: interrupted")


@pytest.mark.parametrize("arguments", [["settings", "schema"], ["settings", "show"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (Exit.ALL_WELL, "")


def test_a_pipe_of_our_own_that_breaks_is_an_error() -> None:
    code = """
import sys
from unittest.mock import Mock
import click
from bowerbird.cli.main import execute
sys.exit(execute(["act"], group=click.Group(commands=[click.Command("act", callback=Mock(side_effect=%s))])))
"""
    for error in ("BrokenPipeError(9, 'x')", "BrokenPipeError(32, 'x')"):
        assert python(code % error).returncode == Exit.UNEXPECTED


@pytest.mark.parametrize(("option", "said"), [("-q", []), ("-v", ["i", "w"]), ("-vv", ["d", "i", "w", "lib"])])
def test_the_log_speaks_by_verbosity(cli: Cli, option: str, said: list[str]) -> None:
    def action(app: App) -> None:
        logger = logging.getLogger("storage.database")
        logger.debug("<d>")
        logger.info("<i>")
        logger.warning("<w>")
        logging.getLogger("scrapy.core").error("<lib>")

    done = cli("act", option, group=group_doing(action))
    assert [name for name in ("d", "i", "w", "lib") if f"<{name}>" in done.stderr] == said
    assert done.stdout == ""


def test_a_title_in_the_log_cannot_move_the_cursor(cli: Cli) -> None:
    done = cli("act", group=group_doing(lambda _: logging.getLogger("crawler").warning("a\x1b[2Jb\u202e")))
    assert done.stderr == "bowerbird: WARNING: crawler: a[2Jb\n"


def test_notes_are_on_stderr_and_not_with_quiet(cli: Cli) -> None:
    group = group_doing(lambda app: app.note("the files lie in\x07 data/"))
    assert cli("act", group=group).stderr == "the files lie in data/\n"
    assert cli("act", "-q", group=group).stderr == ""


@pytest.mark.parametrize(
    ("total", "failed", "new", "exit_nothing_new", "code"),
    [
        (0, 0, 0, False, Exit.ALL_WELL),
        (0, 0, 0, True, Exit.NOTHING_NEW),
        (3, 0, 0, False, Exit.ALL_WELL),
        (3, 0, 0, True, Exit.NOTHING_NEW),
        (3, 0, 1, True, Exit.ALL_WELL),
        (3, 1, 0, True, Exit.SOME_FAILED),
        (3, 3, 0, True, Exit.ALL_FAILED),
    ],
)
def test_the_exit_code_of_many_things(total: int, failed: int, new: int, exit_nothing_new: bool, code: Exit) -> None:
    assert exit_of_tally(total, failed=failed, new=new, exit_nothing_new=exit_nothing_new) is code


def test_settings_are_read_once_and_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    app = App(settings_path=path, environment={})
    path.write_text("web: {port: 1}", encoding="utf-8")
    assert app.settings.web.port == 1
    path.unlink()
    assert app.settings.web.port == 1
    assert json.dumps(app.loaded.origins["web.port"]) == json.dumps(str(path))


def named_commands(path: Path) -> Iterator[str]:
    """Yield what the strings of a module tell a user to type, with ``{}`` for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            text = node.value
        yield from re.findall(r"`bowerbird ([^`]+)`", text)


def is_a_command(line: str) -> bool:
    """Whether a command line names one of the commands; options before it have one value."""
    words = re.sub(r"^(?:--\w+ \S+ )+", "", line).split()
    if words[0] not in COMMANDS:
        return False
    command = load_command(words[0])
    return not isinstance(command, click.Group) or len(words) == 1 or words[1] in command.commands


def test_every_command_that_a_text_names_is_there() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), line)
        for package in ("bowerbird", "crawler", "scheduler", "storage")
        for path in (ROOT / package).rglob("*.py")
        for line in named_commands(path)
    }
    assert len(named) > 15
    assert [(name, line) for name, line in sorted(named) if not is_a_command(line)] == []


@pytest.mark.parametrize("line", ["restore FILE", "sources rediscover", "{}", "--settings {} rum"])
def test_a_command_that_is_not_there_is_found_out(line: str) -> None:
    assert not is_a_command(line)
