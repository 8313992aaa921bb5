"""Runs the command where the components of ``toy_pipeline.py`` are known."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import toy_pipeline  # noqa: F401

from newsparse.cli import main

if __name__ == "__main__":
    sys.exit(main())
