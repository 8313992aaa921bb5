"""The value functions of ``times.yaml``: what each pattern's match means.

Each takes the match and its context and returns what it means. Where the day that a value counts from is
unknown, the value is None: no day is ever invented.
"""

from newsparse.pipeline import timevalues_amounts, timevalues_days, timevalues_periods
from newsparse.pipeline.timemeaning import FUNCTIONS

__all__ = ["FUNCTIONS", "timevalues_amounts", "timevalues_days", "timevalues_periods"]
