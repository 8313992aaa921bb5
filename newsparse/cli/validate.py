"""``newsparse validate``: records against the contract."""

from __future__ import annotations

import click

from newsparse.cli.command import command, debug_option, option
from newsparse.cli.messages import counted
from newsparse.cli.records import EXIT_CODES, record_files
from newsparse.report.printable import printable

EXAMPLES = (
    "newsparse validate events.jsonl",
    "newsparse extract articles.jsonl --records article | newsparse validate",
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Check records against the contract.")
@record_files
@option("-q", "--quiet", section="Messages", is_flag=True, help="Do not tell the counts.")
@debug_option
@click.pass_context
def validate(ctx: click.Context, files: tuple[str, ...], quiet: bool) -> None:
    """Check records against their schema and every span against its text.

    Each problem is a line on stdout: file, line, path in the record, what is wrong.
    """
    from newsparse.validation import check_line, record_lines

    records = invalid = 0
    for file in files:
        for place, line in record_lines(file):
            problems = check_line(line)
            for problem in problems:
                click.echo(f"{place}: {printable(str(problem))}")
            records += 1
            invalid += bool(problems)
    if not quiet:
        click.echo(f"newsparse: {counted(records, 'record')}, {invalid} invalid", err=True)
    ctx.exit(1 if invalid else 0)
