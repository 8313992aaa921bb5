"""Floors below which no figure may fall, kept in a JSON file, for each set of annotated articles.

The file maps the name of a set to the hash of its annotations and to the floors, F1 in per cent::

    {"samples": {"gold": "sha256:…", "floors": {"event": 61.2, "argument": 40.3}}}
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsparse.evaluation import MAIN_FIGURES, Count

GUARDED = (*MAIN_FIGURES, "extent", "value")
"""Figures that get a floor."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one set; ``gold`` is the hash of the annotations on which they were measured."""

    gold: str
    floors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is below its floor."""

    figure: str
    floor: float
    measured: float

    def __str__(self) -> str:
        return f"{self.figure} is {self.measured:.1f}, its floor is {self.floor:.1f}"


def measured(figures: Mapping[str, Count]) -> dict[str, float]:
    """The guarded figures in per cent, cut after the first decimal so that a floor is never above its measure."""
    return {name: math.floor(1000 * figures[name].f1 + 1e-9) / 10 for name in GUARDED if name in figures}


def digest(files: Iterable[Path]) -> str:
    """The hash of annotations: floors hold for these annotations only."""
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes())
    return f"sha256:{found.hexdigest()[:16]}"


def load_floors(path: Path) -> dict[str, Floors]:
    """The floors of every set in a file; none if there is no file."""
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {name: Floors(row["gold"], row["floors"]) for name, row in rows.items()}


def save_floors(path: Path, sets: Mapping[str, Floors]) -> None:
    """Write the floors of every set."""
    rows = {name: {"gold": one.gold, "floors": dict(one.floors)} for name, one in sorted(sets.items())}
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def falls(floors: Floors, figures: Mapping[str, Count]) -> list[Fall]:
    """The figures below their floors; a figure that is no longer measured counts as 0."""
    now = measured(figures)
    return [
        Fall(name, floor, now.get(name, 0.0)) for name, floor in floors.floors.items() if now.get(name, 0.0) < floor
    ]


def raised(floors: Floors | None, figures: Mapping[str, Count], gold: str, allow_regression: bool = False) -> Floors:
    """The floors at what is measured now.

    Args:
        floors: the floors so far.
        figures: what is measured now.
        gold: hash of the annotations on which it was measured. On other annotations than before, old floors mean
            nothing, and all are set anew.
        allow_regression: lower floors too; without it a floor stays where it is if the figure has fallen.
    """
    now = measured(figures)
    if floors is None or floors.gold != gold or allow_regression:
        return Floors(gold, now)
    return Floors(gold, {name: max(value, floors.floors.get(name, 0.0)) for name, value in now.items()})


def check_floors(
    path: Path, name: str, gold: str, figures: Mapping[str, Count], update: bool = False, allow_regression: bool = False
) -> bool:
    """Whether a figure fell below its floor, or has none; what is wrong is told on standard error.

    Args:
        path: the file with the floors.
        name: the set on which it was measured.
        gold: hash of its annotations.
        figures: what is measured now.
        update: raise the floors to it.
        allow_regression: with ``update``, lower floors too.
    """
    sets = load_floors(path)
    floors = sets.get(name)
    if update:
        sets[name] = raised(floors, figures, gold, allow_regression)
        save_floors(path, sets)
        return bool(falls(sets[name], figures))
    if floors is None or floors.gold != gold:
        print(f"{path} has no floors for these annotations of {name!r}; --update sets them", file=sys.stderr)
        return True
    fallen = falls(floors, figures)
    for fall in fallen:
        print(f"fell: {fall}", file=sys.stderr)
    return bool(fallen)
