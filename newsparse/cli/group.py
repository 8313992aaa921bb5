"""The command group: knows the commands by name and imports one when it is called."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoSuchCommand

from newsparse import __version__
from newsparse.cli.command import (
    CONTEXT,
    DEBUG_KEY,
    ENVIRONMENT,
    EXIT_CODES,
    debug_option,
    write_examples,
    write_notes,
)
from newsparse.cli.streams import PipeClosedError, closed_pipe_ends_quietly
from newsparse.errors import NewsparseError, SourceError

COMMANDS: Mapping[str, str] = {
    "extract": "newsparse.cli.extract",
    "fetch": "newsparse.cli.fetch",
    "view": "newsparse.cli.view",
    "schema": "newsparse.cli.schema",
    "validate": "newsparse.cli.validate",
    "batch": "newsparse.cli.batch",
    "batch status": "newsparse.cli.batch_status",
    "batch duplicates": "newsparse.cli.batch_duplicates",
    "batch merge": "newsparse.cli.batch_merge",
    "evaluate": "newsparse.cli.evaluate",
    "train": "newsparse.cli.train",
}
"""Name of each command and the module that defines it, under the same name with ``_`` for a space."""

EXAMPLES = (
    "newsparse extract https://example.org/story.html",
    "newsparse extract articles.jsonl -o events.jsonl",
    "cat urls.txt | newsparse extract - | newsparse view",
    "newsparse extract page.html | jq -r .summary",
)


class CannotStartError(click.ClickException):
    """Something the user named cannot be used: a pipeline, a rule file, an output that exists."""

    exit_code = 2


class CommandGroup(click.Group):
    """Group whose commands are imported when needed, so that ``--help`` and ``--version`` are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        function = cmd_name.replace(" ", "_")
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name]), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, which may have a name of two words, or say which one may have been meant."""
        if " ".join(args[:2]) in COMMANDS:
            args = [" ".join(args[:2]), *args[2:]]
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            if "://" in error.command_name or Path(error.command_name).exists():
                hint = f"No command given. Did you mean 'newsparse extract {error.command_name}'?"
                raise click.UsageError(hint, ctx) from None
            raise NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options of the group; ``--help`` prints here."""
        with closed_pipe_ends_quietly():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; every error becomes a message, with a traceback if asked for."""
        try:
            with closed_pipe_ends_quietly():
                result = super().invoke(ctx)
                # Here rather than at exit, where a closed pipe could only be complained about.
                sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            raise click.Abort from None
        except (click.ClickException, click.Abort, click.exceptions.Exit, PipeClosedError):
            raise
        except Exception as error:
            if ctx.meta.get(DEBUG_KEY):
                traceback.print_exc()
            raise _fatal(error) from error

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is, then examples."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, EXAMPLES)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Exit codes and environment."""
        write_notes(formatter, "Exit codes", EXIT_CODES)
        write_notes(formatter, "Environment", ENVIRONMENT)


def _fatal(error: Exception) -> click.ClickException:
    if isinstance(error, (OSError, SourceError)):
        return click.ClickException(str(error))
    if isinstance(error, NewsparseError):
        return CannotStartError(str(error))
    return click.ClickException(f"internal error, {type(error).__name__}: {error} (--debug shows where)")


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    python = ".".join(map(str, sys.version_info[:3]))
    parts = f"en_newsparse {_installed('en_newsparse')}, spaCy {_installed('spacy')}, Python {python}"
    click.echo(f"newsparse {__version__} ({parts})")
    ctx.exit()


@click.group(cls=CommandGroup, context_settings=CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    # NEWSPARSE_VERSION is a likely variable of a build or an image, and says something else there.
    allow_from_autoenv=False,
    callback=_print_version,
    help="Show the versions of newsparse, its pipeline and spaCy.",
)
@debug_option
def newsparse() -> None:
    """Turn news articles into structured event records: who did what, to whom, when, where, why, and who says so."""
