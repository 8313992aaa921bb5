"""``newsparse schema``: the contract of the records."""

from __future__ import annotations

import json

import click

from newsparse.cli.command import command, debug_option

EXAMPLES = (
    "newsparse schema > event.schema.json",
    "newsparse schema article | jq '.properties | keys'",
)


@command(examples=EXAMPLES, exit_codes=(("0", "done"), ("2", "wrong usage")))
@click.argument(
    "record",
    type=click.Choice(["event", "article"]),
    default="event",
    metavar="[event|article]",
    help="Which record; event unless said otherwise.",
)
@debug_option
def schema(record: str) -> None:
    """Print the JSON Schema of the records."""
    from newsparse.schema import json_schema

    click.echo(json.dumps(json_schema(record), ensure_ascii=False, indent=2))
