"""Where articles come from: one reader for each kind of input, one registry."""

from __future__ import annotations

from newsparse.sources.base import Failure, ReadOptions, Source
from newsparse.sources.kinds import KINDS
from newsparse.sources.registry import read, resolve

__all__ = ["KINDS", "Failure", "ReadOptions", "Source", "read", "resolve"]
