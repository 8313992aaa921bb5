"""Layers for heads that read ``doc.tensor``."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d


@registry.architectures("newsparse.DocTensor.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def doc_tensor(width: int) -> Model[list[Doc], list[Floats2d]]:
    """Return a layer that stands where spaCy's ``tok2vec`` does and gives each document's tensor as it is.

    It does not learn: the encoder was trained together with its heads, before.
    """
    return Model("doc_tensor", _forward, dims={"nO": width})


def _forward(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    width = model.get_dim("nO")
    rows = [model.ops.asarray2f(doc.tensor.reshape(-1, width)) for doc in docs]  # type: ignore[arg-type]  # an array

    def backprop(_: list[Floats2d]) -> list[Doc]:
        return []

    return rows, backprop
