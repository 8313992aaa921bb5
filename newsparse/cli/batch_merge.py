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
@option("--partial", section="Output", is_flag=True, help="Leave out shards that are not done.")
@debug_option
def batch_merge(folder: str, output: str, errors: str | None, force: bool, partial: bool) -> None:
    """Write all records of a run, in the order of the input, as JSON Lines."""
    from newsparse.batch.folder import RunFolder
    from newsparse.batch.merge import lines, missing

    run = RunFolder(Path(folder))
    left = len(missing(run))
    if left and not partial:
        raise click.UsageError(f"{counted(left, 'shard')} of {folder} are left: end the run, or take --partial.")
    if errors is not None:
        _write(lines(run, "errors"), errors, force)
    _write(lines(run), output, force)


def _write(lines: Iterable[bytes], target: str, force: bool) -> None:
    with open_output(target, force=force) as stream:
        for line in lines:
            stream.write(line.decode() + "\n")
