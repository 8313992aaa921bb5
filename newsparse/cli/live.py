"""How far a long run is: one line that changes on a terminal, else a line a minute."""

from __future__ import annotations

import shutil
import sys
import time

import click

from newsparse.cli.streams import is_terminal

LIVE_SECONDS = 0.5
LOG_SECONDS = 60.0


class LiveLine:
    """Shows a line that is told again and again.

    Args:
        shown: whether to show it at all; None: on a terminal as a live line, else now and then.
    """

    def __init__(self, shown: bool | None) -> None:
        self._live = is_terminal(sys.stderr) and shown is not False
        self._pause = LIVE_SECONDS if self._live else LOG_SECONDS
        self._shown = shown is not False
        self._next = time.monotonic() + (0 if self._live else LOG_SECONDS)
        self._on_screen = False

    def due(self) -> bool:
        """Whether it is time to show the line again."""
        return self._shown and time.monotonic() >= self._next

    def show(self, text: str) -> None:
        """Show the line."""
        self._next = time.monotonic() + self._pause
        if not self._live:
            click.echo(text, err=True)
            return
        # The last column stays free: some terminals begin a new line when it is filled.
        click.echo(f"\r{text[: shutil.get_terminal_size().columns - 1]}\x1b[K", err=True, nl=False)
        self._on_screen = True

    def clear(self) -> None:
        """Take the line away, so that something else can be told."""
        if self._on_screen:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._on_screen = False
