"""``newsparse view``: records for a person."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from newsparse.cli.command import command, debug_option, option
from newsparse.cli.options import color_option
from newsparse.cli.records import EXIT_CODES, record_files
from newsparse.cli.streams import use_color
from newsparse.report.printable import printable

if TYPE_CHECKING:
    from newsparse.records import ArticleRecord, EventRecord

EXAMPLES = (
    "newsparse view events.jsonl",
    "newsparse extract https://example.org/story.html | newsparse view",
    "newsparse view --color always events.jsonl | less -R",
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Records for a person to read.")
@record_files
@option("--all", "every_mention", section="Output", is_flag=True, help="Show every sentence that mentions an event.")
@option(
    "--width",
    section="Output",
    type=click.IntRange(min=30),
    metavar="COLUMNS",
    help="Width of the lines, instead of the terminal's.",
)
@color_option
@debug_option
@click.pass_context
def view(ctx: click.Context, files: tuple[str, ...], every_mention: bool, width: int | None, color: str) -> None:
    """Show records to a person: who did what, where, when and why, in whose words.

    Takes event and article records. The words that express an event are underlined in their sentence, or in
    [brackets] where there is no colour.
    """
    from newsparse.report.terminal import TerminalView, stories

    colored = use_color(color, sys.stdout)
    page = TerminalView(width or shutil.get_terminal_size().columns, colored, every_mention)
    invalid: list[str] = []
    for story in stories(_read(files, invalid)):
        click.echo(page.render(story), nl=False, color=colored)
    ctx.exit(1 if invalid else 0)


def _read(files: Iterable[str], invalid: list[str]) -> Iterator[EventRecord | ArticleRecord]:
    """The records of the files; lines that are none are told and noted."""
    from newsparse.validation import InvalidRecordError, parse_record, record_lines

    for file in files:
        for place, line in record_lines(file):
            try:
                yield parse_record(line)
            except InvalidRecordError as error:
                invalid.append(place)
                click.echo(f"failed: {place}: {printable(str(error))}", err=True)
