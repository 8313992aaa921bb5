"""``newsparse batch merge``: the records of a run as one stream."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from newsparse.cli.command import command, debug_option, option
from newsparse.cli.messages import counted
from newsparse.sinks import STDOUT, open_output

EXAMPLES = (
    "newsparse batch merge run > events.jsonl",
    "newsparse batch merge run -o events.jsonl.gz --errors failed.jsonl",
    "newsparse batch merge run --unique | jq -r .summary",
    "newsparse batch merge run --partial | head -1 | jq .",
)
EXIT_CODES = (
    ("0", "all records were written"),
    ("2", "wrong usage: no run there, shards that are left, an output that exists"),
    ("130", "interrupted"),
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="All records of a run in the order of the input.")
@click.argument("folder", metavar="DIR", help="Folder of the run.")
@option(
    "-o",
    "--output",
    section="Output",
    default=STDOUT,
    metavar="FILE",
    help="Write here instead of to stdout; appears whole or not at all, compressed if named .gz.",
)
@option("--errors", section="Output", metavar="FILE", help="Write what failed here, one JSON object a line.")
@option("--force", section="Output", is_flag=True, help="Overwrite output files that exist.")
@option("--unique", section="Output", is_flag=True, help="Leave out articles that are copies of earlier ones.")
@option("--partial", section="Output", is_flag=True, help="Leave out shards that are not done.")
@debug_option
def batch_merge(folder: str, output: str, errors: str | None, force: bool, unique: bool, partial: bool) -> None:
    """Write all records of a run, in the order of the input, as JSON Lines.

    After 'newsparse batch duplicates' each record says what it is a copy of; --unique looks for copies if need be.
    """
    from newsparse.batch import duplicates
    from newsparse.batch.folder import RunFolder
    from newsparse.batch.merge import lines, marked_records, missing

    run = RunFolder(Path(folder))
    left = len(missing(run))
    if left and not partial:
        raise click.UsageError(f"{counted(left, 'shard')} of {folder} are left: end the run, or take --partial.")
    if errors is not None:
        _write(lines(run, "errors"), errors, force)
    if unique and duplicates.load(run) is None:
        duplicates.find(run)
    copies = duplicates.load(run)
    _write(lines(run) if copies is None else marked_records(run, copies, unique), output, force)


def _write(lines: Iterable[bytes], target: str, force: bool) -> None:
    with open_output(target, force=force) as stream:
        for line in lines:
            stream.write(line.decode() + "\n")
