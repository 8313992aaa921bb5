"""Cut a document into windows that the encoder takes at once, where a paragraph or a sentence seems to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

MOST_PIECES = 254
"""Word pieces in a window, beside the opening and the closing one."""
_FINAL = frozenset(".?!")
_CLOSING = frozenset("\"'”’)]")


def windows(doc: Doc, lengths: Sequence[int], most: int = MOST_PIECES) -> Iterator[tuple[int, int]]:
    """Yield (start, end) tokens of windows that together cover the document.

    A window ends after a line break in its second half, else after a sentence, else where it is full.

    Args:
        doc: the tokens.
        lengths: word pieces of each token, none above ``most``.
        most: word pieces in a window.
    """
    start = 0
    while start < len(doc):
        end, pieces, half = start, 0, start
        while end < len(doc) and pieces + lengths[end] <= most:
            pieces += lengths[end]
            end += 1
            if pieces <= most // 2:
                half = end
        if end < len(doc):
            end = _best_end(doc, half, end)
        yield start, end
        start = end


def _best_end(doc: Doc, low: int, high: int) -> int:
    sentence = 0
    for end in range(high, max(low, 1), -1):
        token = doc[end - 1]
        if token.is_space and "\n" in token.text:
            return end
        if not sentence and _ends_sentence(doc, end):
            sentence = end
    return sentence or high


def _ends_sentence(doc: Doc, end: int) -> bool:
    if doc[end].text in _CLOSING or doc[end].is_space:
        return False
    last = doc[end - 1].text
    return last in _FINAL or (last in _CLOSING and end > 1 and doc[end - 2].text in _FINAL)
