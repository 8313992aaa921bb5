"""The spaCy components of newsparse, one per file, in the order in which they run, and ``load``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from newsparse.defaults import DEFAULT_MIN_CONFIDENCE, DEFAULT_PIPELINE
from newsparse.errors import PipelineError

LEARNED = "newsparse_roles"
"""A component that a trained pipeline may bring along, and that has to run between ours."""

_ORDER = (
    "newsparse_entities",
    "newsparse_coref",
    "newsparse_times",
    "newsparse_quotes",
    "newsparse_events",
    LEARNED,
    "newsparse_status",
    "newsparse_merge",
)
COMPONENTS = tuple(name for name in _ORDER if name != LEARNED)
_NEEDED = ("tagger", "parser", "ner", "lemmatizer")


def load(
    name: str = DEFAULT_PIPELINE, rules: Sequence[Path] = (), min_confidence: float = DEFAULT_MIN_CONFIDENCE
) -> Language:
    """A base pipeline with the newsparse components after it.

    Args:
        name: name or path of an English spaCy pipeline.
        rules: files with event rules that add to the built-in ones.
        min_confidence: events below it are left out.

    Raises:
        PipelineError: the pipeline is not installed, or lacks a component that extraction needs.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"the spaCy pipeline {name!r} is not installed. "
            f"{DEFAULT_PIPELINE} comes with newsparse (pip install newsparse); "
            f"others: python -m spacy download {name}"
        ) from error
    missing = [component for component in _NEEDED if component not in nlp.component_names]
    if missing:
        raise PipelineError(f"the pipeline {name!r} lacks {', '.join(missing)}; newsparse needs {', '.join(_NEEDED)}")
    own_rules = {"rules": [str(path) for path in rules]}
    settings: dict[str, dict[str, Any]] = {
        "newsparse_events": own_rules,
        "newsparse_status": own_rules,
        "newsparse_merge": {**own_rules, "min_confidence": min_confidence},
    }
    for position, component in enumerate(_ORDER):
        if component in nlp.component_names or component == LEARNED:
            continue
        import_module(f"newsparse.pipeline.{component.removeprefix('newsparse_')}.component")  # registers the factory
        following = next((name for name in _ORDER[position:] if name in nlp.component_names), None)
        nlp.add_pipe(component, before=following, config=settings.get(component, {}))
    return nlp
