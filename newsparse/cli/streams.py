"""Standard streams: their encoding, a reader that went away, and whether to colour."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any


def prepare_streams() -> None:
    r"""Write UTF-8 with ``\n`` everywhere, also where the locale or Windows would have it otherwise."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")


class PipeClosedError(Exception):
    """Whoever read our output went away. No ``OSError``: that one click would end with code 1."""


@contextmanager
def closed_pipe_ends_quietly() -> Iterator[None]:
    """Raise ``PipeClosedError`` for a broken pipe."""
    try:
        yield
    except BrokenPipeError:
        raise PipeClosedError from None


def settle_streams() -> None:
    """Write what is still buffered, or drop it if nobody takes it, so that the flush at exit cannot fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_terminal(stream: IO[Any] | None) -> bool:
    """True if a person sits at the other end of the stream; a closed stream has no other end."""
    return stream is not None and not stream.closed and stream.isatty()


def use_color(mode: str, stream: IO[Any], environment: Mapping[str, str] = os.environ) -> bool:
    """Decide whether to colour what goes to the stream.

    ``always`` and ``never`` decide alone. ``auto`` follows, in this order, ``NO_COLOR`` (https://no-color.org),
    ``FORCE_COLOR`` (``0`` means off), ``TERM=dumb``, and whether the stream is a terminal.
    """
    if mode != "auto":
        return mode == "always"
    if environment.get("NO_COLOR"):
        return False
    if forced := environment.get("FORCE_COLOR"):
        return forced != "0"
    return environment.get("TERM") != "dumb" and is_terminal(stream)
