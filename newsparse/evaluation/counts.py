"""Counts of what was right, and the shares that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

MAIN_FIGURES = (
    "event",
    "trigger",
    "argument",
    "main event",
    "status",
    "time value",
    "quote",
    "quote with speaker",
    "direct quote",
    "name",
)
"""The figures to look at first, in this order."""


@dataclass(slots=True)
class Count:
    """How many were annotated, how many predicted, and how many of these were right."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, right: int = 0, gold: int = 0, predicted: int = 0) -> None:
        """Count more."""
        self.right += right
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 if nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the annotated that is found; 0 if nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, int | float]:
        """Shares and counts as JSON has them."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"gold": self.gold, "predicted": self.predicted, "right": self.right}
        return {name: round(share, 4) for name, share in shares.items()} | counts


Figures = dict[str, Count]
"""What was counted, by name; a part of a figure is named after it: ``argument/agent``."""
