"""The training scripts import each other as modules of one folder; the shipped pipeline is loaded once."""

import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

sys.path.insert(0, str(Path(__file__).parents[2] / "models"))


@pytest.fixture(scope="session")
def base() -> Language:
    """Load the pipeline once, by its name."""
    return spacy.load("en_newsparse")
