"""Documents with a parse written by hand, so that tests of syntax need no trained pipeline."""

from __future__ import annotations

from spacy.lang.en import English
from spacy.tokens import Doc

_VOCAB = English().vocab


def parsed(rows: str) -> Doc:
    """A document from rows of ``word TAG POS relation head``, heads counted from 1, 0 for the root.

    Lemmas are the lower-cased words, or stand after a slash: ``signed/sign``.
    """
    fields = [row.split() for row in rows.strip().splitlines()]
    words = [row[0].partition("/")[0] for row in fields]
    lemmas = [row[0].partition("/")[2] or row[0].lower() for row in fields]
    heads = [int(row[4]) - 1 if row[4] != "0" else i for i, row in enumerate(fields)]
    return Doc(
        _VOCAB,
        words=words,
        tags=[row[1] for row in fields],
        pos=[row[2] for row in fields],
        deps=["ROOT" if row[4] == "0" else row[3] for row in fields],
        heads=heads,
        lemmas=lemmas,
    )
