"""Defaults that the command line and the Python interface share; light, so that ``--help`` stays fast."""

from __future__ import annotations

DEFAULT_PIPELINE = "en_newsparse"

DEFAULT_MIN_CONFIDENCE = 0.4
"""Events below it are left out. By cross-validation on the annotated articles this costs 0.2 points of event F1
against the best threshold (0.25) and gains 2.3 points of precision; see ``benchmarks/calibrate.py``."""
