"""Inflected forms of English verbs, for words that a tagger takes for names, as in headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsparse.rules.lexicon import lexicon

_DOUBLING = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")
"""One vowel and one of these consonants at the end: ``ban`` makes ``banned``."""


def inflections(lemma: str) -> Iterator[str]:
    """The forms of a verb in ``-s``, ``-ed`` and ``-ing`` and its irregular forms, without the lemma itself.

    Spelling follows the rules taught for English; a form too many does no harm to a look-up.
    """
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        yield lemma[:-1] + "ies"
    else:
        yield lemma + "s"
    yield from (form for form, verb in lexicon("irregular_verbs").items() if verb == lemma)
    for stem in _stems(lemma):
        yield stem + "ed"
    yield (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma) + "ing"
    if _DOUBLING.search(lemma):
        yield lemma + lemma[-1] + "ing"


def _stems(lemma: str) -> Iterator[str]:
    """What ``-ed`` is added to."""
    if lemma.endswith("e"):
        yield lemma[:-1]
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        yield lemma[:-1] + "i"
    else:
        yield lemma
        if _DOUBLING.search(lemma):
            yield lemma + lemma[-1]
