"""What is wrong with an annotation, gathered so that all of it can be told at once."""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.problem import Problem


class InvalidAnnotationError(ValueError):
    """An article's annotation cannot be used. ``problems`` says why; a path is a key or ``line 12``."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)

    def told(self, place: str) -> str:
        """Every problem in a line of its own, with file and line."""
        return "\n".join(_told(place, problem) for problem in self.problems)


def _told(place: str, problem: Problem) -> str:
    line = problem.path.removeprefix("line ")
    return f"{place}: {problem}" if line == problem.path else f"{place}:{line}: {problem.message}"
