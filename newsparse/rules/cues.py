"""Cues of status: words around a trigger that tell whether the event happened, will, should or did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsparse.rules.frames import STATUSES
from newsparse.rules.reader import Node, read_yaml

PLACES = frozenset({"modifier", "argument", "auxiliary", "mark", "verb", "clause_verb", "noun", "adjective"})


ENDED = "ended"
"""Given by cues such as ``no longer``: not a status of records, but a turn to the opposite event type."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a status when they stand in the named places around a trigger."""

    id: str
    status: str
    words: Mapping[str, frozenset[str]]

    def fires(self, place: str, word: str) -> bool:
        """Whether ``word`` in ``place`` is such a cue."""
        return word in self.words.get(place, frozenset())


@cache
def load_cues() -> tuple[Cue, ...]:
    """The built-in cues in the order in which they are tried.

    Raises:
        RulesError: the file is wrong; line, fault and what is allowed are named.
    """
    text = files("newsparse.rules").joinpath("status.yaml").read_text(encoding="utf-8")
    return tuple(_cue(entry) for entry in read_yaml(text, "status.yaml").elements())


def _cue(entry: Node) -> Cue:
    fields = entry.fields(PLACES | {"id", "status"})
    for key in ("id", "status"):
        if key not in fields:
            raise entry.error(f"a cue needs {key!r}")
    words = {place: frozenset(fields[place].strings()) for place in PLACES & fields.keys()}
    return Cue(fields["id"].string(), fields["status"].choice(STATUSES | {ENDED}, "status"), words)
