"""Labels that a head does not know yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from spacy.language import Language

from newsparse.pipeline.encoder.spans import SpanTagger

UNLIKELY = -4.0
"""Bias of a tag without knowledge: rare at first, but not so rare that it could not be learned."""


def with_labels(nlp: Language, name: str, added: Sequence[str]) -> SpanTagger:
    """Put a head that knows further labels in place of a pipeline's; what that one knew, it keeps.

    The weights of the tags that are there stay, those of the new tags, which come last, are zero.
    """
    old = cast(SpanTagger, nlp.get_pipe(name))
    config = {key: value for key, value in nlp.get_pipe_config(name).items() if key != "factory"}
    new = cast(SpanTagger, nlp.replace_pipe(name, nlp.get_pipe_meta(name).factory, config=config))
    new.initialize(list, nlp=nlp, labels=[*old.labels, *added])
    before, after = old.model.get_ref("softmax"), new.model.get_ref("softmax")
    for parameter, unknown in (("W", 0.0), ("b", UNLIKELY)):
        values: Any = np.full_like(after.get_param(parameter), unknown)
        values[: before.get_dim("nO")] = before.get_param(parameter)
        after.set_param(parameter, values)
    return new
