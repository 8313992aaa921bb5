"""What all commands share: help with examples first, options in sections, environment variables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

CONTEXT: dict[str, Any] = {
    "help_option_names": ["-h", "--help"],
    "auto_envvar_prefix": "NEWSPARSE",
    "max_content_width": 100,
}

EXIT_CODES = (
    ("0", "all done; to find no event is no failure"),
    ("1", "some articles failed, or all"),
    ("2", "wrong usage: an option, a rule file, an output that exists"),
    ("130", "interrupted"),
)

ENVIRONMENT = (
    ("NEWSPARSE_OPTION", "sets an option for every command that has it, e.g. NEWSPARSE_PIPELINE"),
    ("NEWSPARSE_COMMAND_OPTION", "sets it for one command, e.g. NEWSPARSE_EXTRACT_TIMEOUT"),
    ("NO_COLOR, FORCE_COLOR", "no colour, or colour also where no terminal is"),
)

DEBUG_KEY = "newsparse.debug"
"""Where the context notes that tracebacks are wanted."""


class Option(click.Option):
    """An option that belongs to a section of the help and can be set by the environment.

    ``--timeout`` of ``newsparse extract`` is set by ``NEWSPARSE_EXTRACT_TIMEOUT`` or, for every command that
    has it, by ``NEWSPARSE_TIMEOUT``.
    """

    def __init__(self, *args: Any, section: str = "Options", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.section = section

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The value from the environment; the variable is named after the long form of the option."""
        long_form = max(self.opts, key=len).lstrip("-").replace("-", "_").upper()
        for prefix in (ctx.auto_envvar_prefix, CONTEXT["auto_envvar_prefix"]):
            if value := os.environ.get(f"{prefix}_{long_form}".replace(" ", "_")):
                return value
        return None


class Command(click.Command):
    """A command whose help shows examples first and exit codes and environment last.

    Args:
        examples: lines as a person would type them.
        exit_codes: codes and what they mean, where they mean something else than for articles.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[str] = (),
        exit_codes: Sequence[tuple[str, str]] = EXIT_CODES,
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples
        self.exit_codes = exit_codes

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, then examples."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, self.examples)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options in their sections, in the order in which the sections first come up."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and not isinstance(parameter, click.Argument):
                sections.setdefault(getattr(parameter, "section", "Messages"), []).append(record)
        for section, records in sections.items():
            write_notes(formatter, section, records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own closing words, exit codes, environment."""
        super().format_epilog(ctx, formatter)
        write_notes(formatter, "Exit codes", self.exit_codes)
        write_notes(formatter, "Environment", ENVIRONMENT)

    def short_help_page(self, ctx: click.Context) -> str:
        """Usage and examples: the answer to a call without arguments."""
        formatter = ctx.make_formatter()
        self.format_usage(ctx, formatter)
        write_examples(formatter, self.examples)
        return formatter.getvalue() + f"\nTry '{ctx.command_path} -h' for all options."


def write_examples(formatter: click.HelpFormatter, examples: Iterable[str]) -> None:
    """Write the section of examples, one a line, never wrapped."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def write_notes(formatter: click.HelpFormatter, title: str, notes: Sequence[tuple[str, str]]) -> None:
    """Write a section of terms with their explanations."""
    with formatter.section(title):
        formatter.write_dl(notes)


def command(examples: Sequence[str], **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Decorator that makes a function a command of newsparse."""
    return click.command(cls=Command, examples=examples, context_settings=_COMMAND_CONTEXT, **attributes)


def option(*declarations: str, section: str, **attributes: Any) -> Callable[[F], F]:
    """Decorator that adds an option to a command."""
    return click.option(*declarations, cls=Option, section=section, **attributes)


def _note_debug(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG_KEY] = True


def debug_option(function: F) -> F:
    """``--debug``, which every command and the group itself take."""
    return option(
        "--debug",
        section="Messages",
        is_flag=True,
        expose_value=False,
        callback=_note_debug,
        help="Show the traceback of an unexpected error.",
    )(function)


# The prefix of a command's variables follows from the group's.
_COMMAND_CONTEXT = {key: value for key, value in CONTEXT.items() if key != "auto_envvar_prefix"}
