"""The grammatical path from a trigger to a mention, as one word: ``>nsubj``, ``<xcomp>nsubj``, ``>obl(with)``.

Such paths are the classic feature of semantic role labelling (Gildea & Jurafsky 2002); prepositions are part of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]
FAR = "far"
"""No path, or one of more than ``LONGEST`` steps."""
UNKNOWN = "unknown"
"""The tree has a gap between the two."""
SAME = "same"
LONGEST = 4
_WITH_SUBTYPE = frozenset({"nsubj:pass", "csubj:pass", "obl:agent", "nmod:poss"})
_WITH_PREPOSITION = frozenset({"obl", "nmod", "advcl", "acl"})


@dataclass(slots=True)
class Tree:
    """Heads and labels of the tokens of a text; the head of a root is itself, and ``None`` where nothing is known."""

    words: Sequence[str]
    heads: Sequence[int | None]
    deps: Sequence[str | None]
    _prepositions: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the preposition or conjunction of each token that has one."""
        for i, (head, dep) in enumerate(zip(self.heads, self.deps, strict=True)):
            if head is not None and dep in {"case", "mark"}:
                self._prepositions.setdefault(head, self.words[i].lower())

    def path(self, trigger: Span, mention: Span) -> str:
        """Return the steps from the trigger's head up and down to the mention's; both are (start, end) tokens."""
        start, goal = self._head(trigger), self._head(mention)
        if start == goal:
            return SAME
        up, down = self._ancestors(start), self._ancestors(goal)
        depth = {token: i for i, token in enumerate(up)}
        meeting = next((i for i, token in enumerate(down) if token in depth), None)
        if meeting is None:
            return UNKNOWN if self.heads[up[-1]] is None or self.heads[down[-1]] is None else FAR
        climbed = depth[down[meeting]]
        if climbed + meeting > LONGEST:
            return FAR
        steps = [f"<{self._label(token)}" for token in up[:climbed]]
        return "".join([*steps, *(f">{self._label(token)}" for token in reversed(down[:meeting]))])

    def _head(self, span: Span) -> int:
        """Return the token of a span whose head is outside."""
        start, end = span
        outside = (
            i for i in range(start, end) if (head := self.heads[i]) is None or head == i or not start <= head < end
        )
        return next(outside, end - 1)

    def _ancestors(self, token: int) -> list[int]:
        chain = [token]
        while len(chain) <= LONGEST and (head := self.heads[chain[-1]]) is not None and head != chain[-1]:
            chain.append(head)
        return chain

    def _label(self, token: int) -> str:
        label = self.deps[token] or UNKNOWN
        base = label if label in _WITH_SUBTYPE else label.partition(":")[0]
        preposition = self._prepositions.get(token) if base in _WITH_PREPOSITION else None
        return f"{base}({preposition})" if preposition else base
