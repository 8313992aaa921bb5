"""Headlines: verbs that a tagger takes for names, and who stands before and after them.

Headlines are written in capitals or in title case and in clipped syntax, where small taggers and parsers
fail. What holds there nearly always is the order of the words: who, verb, whom, prepositions.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.grammar import Functions

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_PREPOSITIONS = frozenset({"ADP", "SCONJ"})


def title_tokens(doc: Doc) -> int:
    """How many tokens the title of a document has; 0 if it has none."""
    end = doc.user_data.get("newsparse_title_end", 0)
    return next((token.i for token in doc if token.idx >= end), len(doc)) if end else 0


def headline_functions(verb: Token, end: int, referents: Referents) -> Functions:
    """Grammatical functions around a verb of a headline by the order of the words.

    Args:
        verb: the verb.
        end: index of the first token after the headline.
        referents: the mentions of the document.

    Returns:
        subject, object and prepositions with the heads that fill them. A form in ``-ed`` without an object
        after it is passive: ``Hacker Sentenced to Ten Years``.
    """
    found = _after(verb, end, referents)
    before = _before(verb, referents)
    passive = verb.lower_.endswith(("ed", "en")) and "object" not in found
    if before is not None:
        found["object" if passive else "subject"] = [before]
    return found


def _before(verb: Token, referents: Referents) -> Token | None:
    """The nearest mention before a verb, else the nearest noun."""
    preceding = [verb.doc[i] for i in range(verb.i - 1, verb.sent.start - 1, -1)]
    mention = next((token for token in preceding if token.i in referents.by_head), None)
    return mention or next((token for token in preceding if token.pos_ in _NOMINAL), None)


def _after(verb: Token, end: int, referents: Referents) -> Functions:
    """What follows a verb: its object, then what each preposition governs."""
    found: Functions = {}
    doc, function, i = verb.doc, "object", verb.i + 1
    while i < end:
        token = doc[i]
        mention = referents.by_start.get(i)
        if mention is not None:
            head = doc[mention[1].start : mention[1].end].root
            found.setdefault(function, []).append(head)
            i = mention[1].end
            continue
        if token.pos_ in _PREPOSITIONS:
            function = token.lower_
        elif token.lower_ == "to":
            function = "to"
        elif token.pos_ in _NOMINAL and not (i + 1 < end and doc[i + 1].pos_ in _NOMINAL):
            found.setdefault(function, []).append(token)
        i += 1
    return found
