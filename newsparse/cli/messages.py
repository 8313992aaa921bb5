"""What a run tells the person who started it: on stderr, one line at a time."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from newsparse.cli.options import MessageOptions
from newsparse.cli.streams import is_terminal, use_color
from newsparse.report.printable import printable

if TYPE_CHECKING:
    from newsparse.sources import Failure


@dataclass(slots=True)
class Tally:
    """What a run has done so far. ``events`` is None for a run that looks for none."""

    articles: int = 0
    events: int | None = None
    failed: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def exit_code(self) -> int:
        """0 if nothing failed, else 1."""
        return 1 if self.failed else 0

    def summary(self) -> str:
        """The run in one line."""
        parts = [counted(self.articles, "article")]
        if self.events is not None:
            parts.append(counted(self.events, "event"))
        parts += [f"{self.failed} failed", f"{time.monotonic() - self.started:.1f} s"]
        return ", ".join(parts)


class Messages:
    """Writes to stderr what the options ask for, with the count in the last line if there is one."""

    def __init__(self, options: MessageOptions, *, to_stdout: bool) -> None:
        """``to_stdout`` says that records go to stdout, where a count would get between them on a terminal."""
        self._options = options
        self._color = use_color(options.color, sys.stderr)
        shown = options.progress
        if shown is None:
            shared = to_stdout and is_terminal(sys.stdout)
            shown = is_terminal(sys.stderr) and not (shared or options.quiet or options.verbose)
        self._bar: Any = _counter() if shown else None

    def detail(self, text: str) -> None:
        """Tell what only ``-v`` wants to know."""
        if self._options.verbose:
            self._line(printable(text))

    def tell(self, text: str) -> None:
        """Tell what everyone wants to know but those who asked for quiet."""
        if not self._options.quiet:
            self._line(printable(text))

    def failure(self, failure: Failure) -> None:
        """Tell what failed; ``--quiet`` does not hide it."""
        place = "" if failure.source in failure.message else f"{failure.source}: "
        text = printable(f"{place}{failure.message} ({failure.stage}, {failure.code})")
        self._line(click.style("failed: ", fg="red", bold=True) + text)

    def count(self, tally: Tally) -> None:
        """Bring the count up to date."""
        if self._bar is not None:
            if tally.failed:
                self._bar.set_postfix(failed=tally.failed, refresh=False)
            self._bar.update(tally.articles - self._bar.n)

    def summary(self, text: str) -> None:
        """Tell in one line what was done."""
        if not self._options.quiet:
            self._line(f"newsparse: {text}")

    def close(self) -> None:
        """Take the count away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        click.echo(text, err=True, color=self._color)
        if self._bar is not None:
            self._bar.refresh()


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def open_messages(options: MessageOptions, *, to_stdout: bool) -> Iterator[Messages]:
    """Messages of a run, with the libraries' own held back unless ``-vv`` asks for them."""
    _set_up_logging(options)
    messages = Messages(options, to_stdout=to_stdout)
    try:
        yield messages
    finally:
        messages.close()


def _counter() -> Any:
    from tqdm import tqdm

    # `leave`: the summary says it all in the end. A stream has no total.
    return tqdm(unit=" articles", file=sys.stderr, leave=False, dynamic_ncols=True, mininterval=0.2)


def _set_up_logging(options: MessageOptions) -> None:
    """Show newsparse's own log from ``-v``, that of all libraries from ``-vv``; else neither."""
    logging.captureWarnings(True)
    if options.verbose > 1:
        logging.basicConfig(format="%(name)s: %(message)s", level=logging.DEBUG, stream=sys.stderr)
        return
    # Without a handler Python would print warnings of libraries by itself.
    logging.getLogger().addHandler(logging.NullHandler())
    if options.verbose:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        logging.getLogger("newsparse").addHandler(handler)
        logging.getLogger("newsparse").setLevel(logging.INFO)
