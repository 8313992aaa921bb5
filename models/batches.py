"""Samples as tensors."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import torch
from network import Labels
from samples import Sample
from torch import Tensor

from newsparse.pipeline.encoder.wordpieces import BREAK, OPENING, WordPieces, shape

MOST_PIECES = 480
# What cross entropy passes over.
UNDECIDED = -100


@dataclass(slots=True)
class Batch:
    """Windows of a batch, padded; targets are ``UNDECIDED`` where nothing is known.

    ``sentence`` numbers the gold sentences, so that heads are looked for inside them. Triggers, mentions, roles
    and entities are lists, an entry for each window, as few windows have them.
    """

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    token_of: Tensor
    length: int
    tags: Tensor
    morphs: Tensor
    starts: Tensor
    heads: Tensor
    deps: Tensor
    sentence: Tensor
    names: Tensor
    triggers: Tensor
    samples: list[Sample]
    labels: Labels


def encode(sample: Sample, pieces: WordPieces) -> tuple[list[int], list[int], list[int]]:
    """Return the piece ids, the shapes and the token of each piece, with the special pieces at both ends."""
    ids, shapes, token_of = [OPENING], [0], [-1]
    spaced = True
    for position, (word, space) in enumerate(zip(sample.words, sample.spaces, strict=True)):
        numbers = pieces.encode(word)
        ids.extend(numbers)
        shapes.extend([shape(word, spaced)] * len(numbers))
        token_of.extend([position] * len(numbers))
        spaced = space or word.isspace()
    return [*ids, BREAK], [*shapes, 0], [*token_of, -1]


def fit(sample: Sample, pieces: WordPieces) -> tuple[int, Sample]:
    """Return the number of pieces and the sample, cut to what the encoder takes at once."""
    lengths = [len(pieces.encode(word)) for word in sample.words]
    total, kept = 2, 0
    while kept < len(lengths) and total + lengths[kept] <= MOST_PIECES:
        total += lengths[kept]
        kept += 1
    if kept == len(lengths):
        return total, sample
    cut: dict[str, Any] = {}
    for field in fields(Sample):
        layer = getattr(sample, field.name)
        if layer is not None and field.name not in {"triggers", "mentions", "roles"}:
            cut[field.name] = layer[:kept]
    if sample.heads is not None:
        cut["heads"] = [None if head is None or head >= kept else head for head in cut["heads"]]
    return total, Sample(**cut)


def collate(samples: list[Sample], pieces: WordPieces, labels: Labels) -> Batch:
    """Make a batch of samples."""
    encoded = [encode(sample, pieces) for sample in samples]
    length = max(len(sample.words) for sample in samples)
    numbers = {
        name: {label: i for i, label in enumerate(getattr(labels, name))}
        for name in ("tags", "morphs", "deps", "names", "triggers")
    }
    return Batch(
        pieces=_padded([ids for ids, _, _ in encoded], 0),
        shapes=_padded([shapes for _, shapes, _ in encoded], 0),
        mask=_padded([[1] * len(ids) for ids, _, _ in encoded], 0),
        token_of=_padded([token_of for _, _, token_of in encoded], -1),
        length=length,
        tags=_targets([sample.tags for sample in samples], numbers["tags"], length),
        morphs=_targets([sample.morphs for sample in samples], numbers["morphs"], length),
        starts=_targets([sample.starts for sample in samples], {False: 0, True: 1}, length),
        heads=_targets([sample.heads for sample in samples], {i: i for i in range(length)}, length),
        deps=_targets([sample.deps for sample in samples], numbers["deps"], length),
        sentence=_padded([_sentences(sample) + [-1] * (length - len(sample.words)) for sample in samples], -1),
        names=_targets([sample.names for sample in samples], numbers["names"], length),
        triggers=_targets([_trigger_tags(sample) for sample in samples], numbers["triggers"], length),
        samples=samples,
        labels=labels,
    )


def _padded(rows: list[list[int]], filler: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])


def _targets(layers: list[Any], number: dict[Any, int], length: int) -> Tensor:
    rows = [[number.get(label, UNDECIDED) for label in layer or ()] for layer in layers]
    return torch.tensor([row + [UNDECIDED] * (length - len(row)) for row in rows])


def _sentences(sample: Sample) -> list[int]:
    number, numbers = 0, []
    for start in sample.starts or [None] * len(sample.words):
        number += bool(start)
        numbers.append(number)
    return numbers


def _trigger_tags(sample: Sample) -> list[str] | None:
    if sample.triggers is None:
        return None
    tags = ["O"] * len(sample.words)
    for start, end, kind, _ in sample.triggers:
        if tags[start] == "O":
            tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return tags
