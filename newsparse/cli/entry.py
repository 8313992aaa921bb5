"""The entry point: runs a command and turns what it raises into a message and an exit code."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from newsparse.cli.group import newsparse
from newsparse.cli.streams import PipeClosedError, prepare_streams, settle_streams

INTERRUPTED = 130
TERMINATED = 143


def main(args: Sequence[str] | None = None) -> int:
    """Run ``newsparse`` with the given arguments (``sys.argv`` without any) and return the exit code."""
    prepare_streams()
    # A terminated run tidies up like an interrupted one, so that no temporary file stays behind.
    signal.signal(signal.SIGTERM, _terminate)
    code = _run(args)
    settle_streams()
    return code


def _run(args: Sequence[str] | None) -> int:
    try:
        code = newsparse.main(args, prog_name="newsparse", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except PipeClosedError:
        # Whoever read our output has seen enough (`| head -1`): that is no failure.
        return 0
    except OSError as error:
        click.echo(f"Error: {error}", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    sys.exit(TERMINATED)
