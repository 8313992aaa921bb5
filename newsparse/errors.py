"""The errors newsparse raises on purpose; only the command line turns them into text and exit codes."""

from __future__ import annotations


class NewsparseError(Exception):
    """Base of all errors that newsparse raises on purpose.

    The message says what is wrong, where, and what to do about it.
    """


class SourceError(NewsparseError):
    """An input cannot be read: missing file, unknown kind, broken line."""


class FetchError(NewsparseError):
    """A URL cannot be fetched.

    Attributes:
        code: short machine-readable reason, e.g. ``http-404``, ``timeout``, ``private-address``.
        status: the HTTP status, if the server answered.
    """

    def __init__(self, message: str, code: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class ArticleError(NewsparseError):
    """A page was read but holds no article that newsparse can process.

    Attributes:
        code: short machine-readable reason, e.g. ``empty``, ``no-article``, ``language``.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class RulesError(NewsparseError):
    """A rule file is wrong; the message names file, line, the fault and what is allowed."""


class AnnotationError(NewsparseError):
    """Annotated articles cannot be used; the message names file, line, the mistakes and what is allowed."""


class TrainingError(NewsparseError):
    """Annotated articles cannot teach a pipeline; the message says why and what to do."""


class PipelineError(NewsparseError):
    """A spaCy pipeline cannot be loaded or lacks what extraction needs."""


class OutputError(NewsparseError):
    """An output cannot be written, e.g. because the file exists already."""


class BatchError(NewsparseError):
    """A run over archives cannot begin or go on; the message says why and how to go on."""
