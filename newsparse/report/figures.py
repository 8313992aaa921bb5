"""Measured figures as tables for a person."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsparse.evaluation.counts import MAIN_FIGURES, Count

GROUPS: Mapping[str, str] = {
    "event": "events by family",
    "argument": "arguments by role",
    "status": "status of the events found",
    "name": "names, exact",
    "entity": "entities",
}
"""Figures with parts, and the heading over the parts."""

WIDTH = 100
HEADINGS = ("P", "R", "F1", "annotated", "found", "right")
GOOD, FAIR = 0.8, 0.5
"""F1 from which a figure is shown as good, and as fair."""


def table(figures: Mapping[str, Count], color: bool = False) -> str:
    """The figures in per cent, the main ones first, then their parts."""
    return _shown(_table(figures), color)


def comparison(before: Mapping[str, Count], after: Mapping[str, Count], color: bool = False) -> str:
    """Figures on the same articles, in per cent, before and after; the first is that of all parts."""
    found = _grid("annotated", "before\nP", "\nR", "\nF1", "after\nP", "\nR", "\nF1")
    names = [*after, *(name for name in before if name not in after)]
    whole, parts = names[0], sorted(names[1:])
    for name in (whole, *parts):
        counts = before.get(name, Count()), after.get(name, Count())
        label = name if name == whole else f"  {name.partition('/')[2]}"
        # What is annotated stays the same; a figure that is new has counts on one side only.
        annotated = Text(str(max(count.gold for count in counts)), "dim")
        found.add_row(label, annotated, *(cell for count in counts for cell in _shares(count)))
    return _shown(found, color)


def _shown(found: Table, color: bool) -> str:
    console = Console(
        file=io.StringIO(),
        width=WIDTH,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as shown:
        console.print(found)
    return "\n".join(line.rstrip() for line in shown.get().splitlines())


def _grid(*headings: str) -> Table:
    found = Table(box=None, pad_edge=False, header_style="bold")
    found.add_column("", min_width=20, no_wrap=True)
    for heading in headings:
        found.add_column(heading, justify="right", no_wrap=True)
    return found


def _table(figures: Mapping[str, Count]) -> Table:
    found = _grid(*HEADINGS)
    for name in MAIN_FIGURES:
        if name in figures:
            found.add_row(name, *_cells(figures[name]))
    for heading, parts in _groups(figures):
        found.add_row()
        found.add_row(Text(heading, "bold"))
        for part, count in parts:
            found.add_row(f"  {part}", *_cells(count))
    return found


def _groups(figures: Mapping[str, Count]) -> Iterator[tuple[str, Sequence[tuple[str, Count]]]]:
    for group, heading in GROUPS.items():
        names = sorted(name for name in figures if name.startswith(f"{group}/"))
        if names:
            yield heading, [(name.partition("/")[2], figures[name]) for name in names]


def _cells(count: Count) -> list[Text]:
    numbers = (Text(str(number), "dim") for number in (count.gold, count.predicted, count.right))
    return [*_shares(count), *numbers]


def _shares(count: Count) -> list[Text]:
    style = "green" if count.f1 >= GOOD else "yellow" if count.f1 >= FAIR else "red"
    shares = [Text(f"{100 * share:.1f}") for share in (count.precision, count.recall)]
    return [*shares, Text(f"{100 * count.f1:.1f}", style)]
