"""The holidays that ``holidays.yaml`` defines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from newsparse.rules.reader import read_yaml


@cache
def holidays() -> Mapping[str, str]:
    """Name of a holiday → the rule for its day.

    Raises:
        RulesError: the file is malformed.
    """
    text = files("newsparse.rules").joinpath("holidays.yaml").read_text(encoding="utf-8")
    return MappingProxyType({name: node.string() for name, node in read_yaml(text, "holidays.yaml").items()})
