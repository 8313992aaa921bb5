"""What the network learns from: windows of tokens with whatever layers of annotation their source has.

A layer that a source does not have is ``None``; a token that a layer does not decide is ``None`` in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example


@dataclass(slots=True)
class Sample:
    """Tokens of spaCy's tokenizer, and their annotation.

    ``heads`` are positions in the sample, the root's is its own. ``names`` are BILUO tags. A trigger is
    (first token, end, type, status), a mention (first token, end, entity, type); ``roles`` are
    (trigger, mention, role), by position in the two lists before.
    """

    words: list[str]
    spaces: list[bool]
    tags: list[str | None] | None = None
    morphs: list[str | None] | None = None
    starts: list[bool | None] | None = None
    heads: list[int | None] | None = None
    deps: list[str | None] | None = None
    names: list[str | None] | None = None
    triggers: list[tuple[int, int, str, str]] | None = None
    mentions: list[tuple[int, int, str, str]] | None = None
    roles: list[tuple[int, int, str]] | None = None


def save(samples: Iterable[Sample], path: Path) -> None:
    """Write samples, one a line, and say how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as lines:
        for sample in samples:
            layers = {key: layer for key, layer in asdict(sample).items() if layer is not None}
            lines.write(json.dumps(layers, ensure_ascii=False) + "\n")
            count += 1
    print(f"{path.name}: {count} samples")


def load(path: Path) -> Iterator[Sample]:
    """Read samples back."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Sample(**json.loads(line))


def of_syntax(nlp: Language, reference: Doc) -> Sample:
    """Carry tags, morphology, sentences and trees of a treebank's tokens over to those of spaCy's tokenizer."""
    example = Example(nlp.make_doc(reference.text), reference)
    doc = example.predicted
    heads, deps = example.get_aligned_parse(projectivize=False)
    starts = [None if start is None else start == 1 for start in example.get_aligned_sent_starts()]
    sentence = list(accumulate(map(bool, starts)))
    return Sample(
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[tag or None for tag in example.get_aligned("TAG", as_string=True)],
        morphs=[morphology(pos, feats) for pos, feats in _pairs(example)],
        starts=starts,
        heads=[
            head if head is not None and dep and sentence[head] == sentence[i] else None
            for i, (head, dep) in enumerate(zip(heads, deps, strict=True))
        ],
        deps=[dep or None for dep in deps],
    )


def _pairs(example: Example) -> list[tuple[str | None, str | None]]:
    return list(
        zip(example.get_aligned("POS", as_string=True), example.get_aligned("MORPH", as_string=True), strict=True)
    )


def morphology(pos: str | None, feats: str | None) -> str | None:
    """Return part of speech and features as one label, in the order that spaCy's morphologizer gives them."""
    if not pos:
        return None
    parts = sorted([*(feats.split("|") if feats and feats != "_" else []), f"POS={pos}"], key=str.lower)
    return "|".join(parts)
