"""Runs the command with workers that need no pipeline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from newsparse.batch import supervisor
from newsparse.batch.settings import Settings
from newsparse.cli import main

NAMES = {"newsparse": "0", "pipeline": {"name": "fake 1", "files": "none"}, "rules": "none"}


def identity(settings: Settings) -> dict[str, Any]:
    return NAMES | {"options": {"records": settings.records, "published": settings.read.published}}


def fake() -> None:
    """Let supervisors start fake workers."""
    supervisor.COMMAND = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))
    Settings.identity = identity  # type: ignore[method-assign]


if __name__ == "__main__":
    fake()
    sys.exit(main())
