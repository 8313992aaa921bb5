"""Titles and offices of persons: ``Philadelphia Mayor Jim Kenney``, ``Jim Kenney, the mayor of Philadelphia``."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Mention
from newsparse.rules.lexicon import lexicon

_MAX_TITLE = 5
_SKIPPED = frozenset({"the", "a", "an", "former", "then", "current", "-", "who", "is", "was", "his", "her", "its"})
_NO_TITLE = frozenset({None, "honorific", "role"})


def title_of(doc: Doc, mention: Mention) -> str | None:
    """The title that stands before or behind a person's name, with capitals; None without one."""
    return _before(doc, mention.start) or _behind(doc, mention.end)


def _is_title(text: str) -> bool:
    return lexicon("titles").get(text.lower()) not in _NO_TITLE


def _before(doc: Doc, start: int) -> str | None:
    """The longest title that ends right before a name, with a capitalised modifier that is no name (``City``)."""
    size = next((n for n in range(_MAX_TITLE, 0, -1) if n <= start and _is_title(doc[start - n : start].text)), 0)
    if not size:
        return None
    first = start - size
    while first and _modifies(doc[first - 1]) and start - first < _MAX_TITLE:
        first -= 1
    return _capitalised(doc[first:start].text)


def _modifies(token: Token) -> bool:
    """Whether a word before a title belongs to it: ``City Solicitor``, not ``Philadelphia Mayor``."""
    capital = token.text[0].isupper() and token.text[1:].islower()
    return capital and not token.ent_type_ and token.pos_ in {"PROPN", "ADJ", "NOUN"} and not token.is_sent_start


def _behind(doc: Doc, end: int) -> str | None:
    """The title in an apposition: ``, the mayor of``, ``, deputy director of``."""
    if end >= len(doc) or doc[end].text not in {",", "–", "—", "-"}:
        return None
    i = end + 1
    while i < len(doc) and doc[i].lower_ in _SKIPPED:
        i += 1
    for first in range(i, min(i + 4, len(doc))):
        if doc[first].text in ",.;:" or doc[first].pos_ in {"VERB", "AUX", "ADP", "PRON"}:
            return None
        end = max((first + n for n in range(1, _MAX_TITLE + 1) if _is_title(doc[first : first + n].text)), default=0)
        if end and not _continues(doc, end):
            return _capitalised(doc[first:end].text)
    return None


def _continues(doc: Doc, i: int) -> bool:
    """Whether the noun phrase goes on, so that the title only modifies: ``mayor's office``, or names someone else."""
    return i < len(doc) and (doc[i].pos_ in {"NOUN", "PROPN"} or doc[i].lower_ in {"'s", "’s"})


def _capitalised(text: str) -> str:
    """The title as it stands before a name; capitals throughout are those of a headline."""
    if text.isupper() and (" " in text or "." in text or len(text) > 4):
        text = text.lower()
    return " ".join(word if word in {"of", "the"} else word[0].upper() + word[1:] for word in text.split())
