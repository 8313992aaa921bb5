"""Shapes of annotations in JSON."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.validation import problem_of


class Shape(BaseModel):
    """Base of the shapes of annotations in JSON: keys that newsparse does not need are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


T = TypeVar("T", bound=Shape)


def shaped(shape: type[T], value: object) -> T:
    """Check a JSON value against a shape.

    Raises:
        InvalidAnnotationError: it has another shape.
    """
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise InvalidAnnotationError([problem_of(details) for details in error.errors(include_url=False)]) from None
