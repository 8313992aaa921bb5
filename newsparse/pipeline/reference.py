"""Reference: whether a noun speaks of something the reader knows of already, or of something new."""

from __future__ import annotations

from spacy.tokens import Token

from newsparse.pipeline.grammar import relation
from newsparse.rules.lexicon import lexicon

_NOUNS = frozenset({"NOUN", "PROPN"})


def reference(token: Token) -> str | None:
    """``known`` or ``new`` by the words before a noun; None for a bare noun, and for what is no noun."""
    if token.pos_ not in _NOUNS:
        return None
    words = lexicon("reference")
    classes = {words.get(child.lower_) for child in token.lefts}
    if "known" in classes or any(relation(child) == "possessive" for child in token.lefts):
        return "known"
    return "new" if "new" in classes else None
