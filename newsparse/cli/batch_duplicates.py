"""``newsparse batch duplicates``: copies among the articles of a run."""

from __future__ import annotations

from pathlib import Path

import click

from newsparse.cli.command import command, debug_option, option
from newsparse.cli.messages import counted

EXAMPLES = (
    "newsparse batch duplicates run",
    "newsparse batch duplicates run --similarity 0.9",
    "newsparse batch merge run | jq -r 'select(.same_as == null) | .summary'",
)
EXIT_CODES = (
    ("0", "the copies are marked"),
    ("2", "wrong usage: no run there, shards that are left"),
    ("130", "interrupted; nothing was written"),
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Find copies among the articles of a run.")
@click.argument("folder", metavar="DIR", help="Folder of the run.")
@option(
    "--similarity",
    section="Output",
    type=click.FloatRange(0.3, 1),
    default=0.7,
    show_default=True,
    metavar="FROM 0.3 TO 1",
    help="Share of common five-word phrases from which an article is a copy of an earlier one.",
)
@debug_option
def batch_duplicates(folder: str, similarity: float) -> None:
    """Find articles that are copies of earlier ones, as agencies' reports in many papers are.

    'newsparse batch merge' then says in each record what it is a copy of (article.duplicate_of) and which event of
    the earlier article is the same (same_as), and with --unique leaves copies out.
    """
    from newsparse.batch.duplicates import find
    from newsparse.batch.folder import RunFolder
    from newsparse.batch.merge import missing

    run = RunFolder(Path(folder))
    if left := len(missing(run)):
        raise click.UsageError(f"{counted(left, 'shard')} of {folder} are left: end the run first.")
    with run.lock():
        copies = find(run, similarity)
    click.echo(f"newsparse: {copies:,} of the articles are copies", err=True)
