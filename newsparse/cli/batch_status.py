"""``newsparse batch status``: how far a run is."""

from __future__ import annotations

import json
from pathlib import Path

import click

from newsparse.cli.command import command, debug_option, option

EXAMPLES = (
    "newsparse batch status run",
    "newsparse batch status run --format json | jq .failed",
)
EXIT_CODES = (
    ("0", "all shards are done"),
    ("1", "shards are left"),
    ("2", "wrong usage: no run there"),
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="What of a run is done, failed and left.")
@click.argument("folder", metavar="DIR", help="Folder of the run.")
@option(
    "--format",
    "output_format",
    section="Output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or JSON.",
)
@debug_option
@click.pass_context
def batch_status(ctx: click.Context, folder: str, output_format: str) -> None:
    """Tell what of a run is done, what failed and what is left, and how fast it is.

    Works while the run is going on, from any machine that sees the folder.
    """
    from newsparse.batch.folder import RunFolder
    from newsparse.batch.status import status

    found = status(RunFolder(Path(folder)))
    click.echo(json.dumps(found.figures(), indent=1) if output_format == "json" else found.text())
    ctx.exit(1 if found.left else 0)
