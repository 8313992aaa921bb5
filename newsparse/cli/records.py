"""Files of records as arguments of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from newsparse.cli.run import sources_or_stdin

EXIT_CODES = (
    ("0", "every record is valid"),
    ("1", "some records are invalid"),
    ("2", "wrong usage"),
    ("130", "interrupted"),
)


def _or_stdin(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return value if ctx.resilient_parsing else sources_or_stdin(ctx, value)


def record_files(function: Callable[..., Any]) -> Callable[..., Any]:
    """The argument ``[FILE]...``: JSONL files of records, ``-`` or nothing for stdin."""
    return click.argument(
        "files",
        nargs=-1,
        metavar="[FILE]...",
        type=click.Path(exists=True, dir_okay=False, allow_dash=True),
        callback=_or_stdin,
        help="Event or article records, .gz or not; - or nothing for stdin.",
    )(function)
