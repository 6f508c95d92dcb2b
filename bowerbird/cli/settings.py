"""The commands about settings: show, check, schema. Not for changing them: that is done in the file."""

import click

from bowerbird.cli.context import App, examples, pass_app


@click.group(epilog=examples("bowerbird settings show", "bowerbird --settings news.yaml settings check"))
def command() -> None:
    """Show and check the settings.

    A value comes from an option, else from the environment (BOWERBIRD_CRAWLER__DELAY_SECONDS=2), else from
    settings.yaml, else it is the default.
    """


@command.command(epilog=examples("bowerbird settings show", "bowerbird settings show --json"))
@pass_app
def show(app: App) -> None:
    """Print every setting with its value and where that comes from.

    Passwords and tokens are masked. With --json one object a line: key, value, origin.
    """
    from bowerbird.settings.show import settings_lines, shown_values

    if app.as_json:
        for shown in shown_values(app.loaded):
            app.output.item({"key": shown.leaf.key, "value": shown.value, "origin": shown.origin}, "")
        return
    for line in settings_lines(app.loaded):
        app.output.write(line)


@command.command(epilog=examples("bowerbird settings check", "bowerbird settings check --settings news.yaml"))
@pass_app
def check(app: App) -> None:
    """Say whether the settings can be used, or all that is wrong with them.

    Reads the settings and the files they name: neither the database nor the network.
    """
    loaded = app.loaded
    sources, profiles = len(loaded.settings.sources), len(loaded.settings.export)
    where = str(loaded.file) if loaded.file else "no settings.yaml, defaults only"
    text = f"{where}: all well: {counted(sources, 'source')}, {counted(profiles, 'export profile')}"
    file = str(loaded.file) if loaded.file else None
    if any(source.render == "browser" for source in loaded.settings.sources):
        from crawler.gate.chromium import why_not_rendered

        missing = why_not_rendered(loaded.settings.crawler)
        if missing is not None:
            app.note(missing)
    if fault := fault_of_authorities(loaded.settings.crawler.ca_file):
        app.note(f"{fault}; as long as it is so, nothing is fetched")
    app.output.item({"file": file, "is_well": True, "sources": sources, "export_profiles": profiles}, text)


@command.command(epilog=examples("bowerbird settings schema > settings.schema.json"))
@pass_app
def schema(app: App) -> None:
    """Print the JSON Schema of settings.yaml, for editors that check as you type."""
    import json

    from bowerbird.settings.model import Settings

    app.output.write(json.dumps(Settings.model_json_schema(), indent=2))


def fault_of_authorities(ca_file: str | None) -> str | None:
    """Return why no certificate can be checked by that file, or None."""
    if ca_file is None:
        return None
    from crawler.errors import BadAuthorities
    from crawler.gate.tls import tls_policy

    try:
        tls_policy(ca_file)
    except BadAuthorities as error:
        return str(error)
    return None


def counted(number: int, noun: str) -> str:
    """Return number and noun, such as ``1 source`` or ``3 sources``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
