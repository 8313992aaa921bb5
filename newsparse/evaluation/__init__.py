"""How good records are, measured against annotated articles."""

from __future__ import annotations

from newsparse.evaluation.counts import MAIN_FIGURES, Count, Figures
from newsparse.evaluation.predicted import Measured, matched
from newsparse.evaluation.scoring import differences, score

__all__ = ["MAIN_FIGURES", "Count", "Figures", "Measured", "differences", "matched", "score"]
