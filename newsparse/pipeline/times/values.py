"""The value functions of ``times.yaml``: what each pattern's match means.

Each takes the match and its context and returns what it means. Where the day that a value counts from is
unknown, the value is None: no day is ever invented.
"""

from newsparse.pipeline.times import values_amounts, values_days, values_periods
from newsparse.pipeline.times.meaning import FUNCTIONS

__all__ = ["FUNCTIONS", "values_amounts", "values_days", "values_periods"]
