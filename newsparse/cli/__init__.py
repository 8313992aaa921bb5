"""The command line: one module per command, imported when the command is called.

Nothing here decides what is extracted; commands join library calls and talk to the person at the terminal.
"""

from __future__ import annotations

from newsparse.cli.entry import main

__all__ = ["main"]
