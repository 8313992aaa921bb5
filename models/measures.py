"""Figures of the network on held-out samples, to watch a training by; what ships is measured by ``evaluate.py``."""

from __future__ import annotations

import torch
from batches import UNDECIDED, collate
from losses import arc_scores
from network import Labels, Network
from samples import Sample

from newsparse.pipeline.encoder.wordpieces import WordPieces

BATCH = 8


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Return the labelled spans of BIO or BILUO tags."""
    found: set[tuple[int, int, str]] = set()
    start = -1
    for position, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] in "BUO" or tag[2:] != tags[start][2:]):
            found.add((start, position, tags[start][2:]))
            start = -1
        if tag[0] in "BU" or (start < 0 and tag != "O"):
            start = position
    return found


def measure(
    network: Network, samples: list[Sample], pieces: WordPieces, labels: Labels, source: str
) -> dict[str, float]:
    """Return accuracies, attachment scores with gold sentences, and F of names and triggers, in percent."""
    right: dict[str, int] = {}
    total: dict[str, int] = {}

    def count(name: str, hits: int, cases: int) -> None:
        right[name] = right.get(name, 0) + hits
        total[name] = total.get(name, 0) + cases

    with torch.no_grad():
        for at in range(0, len(samples), BATCH):
            batch = collate(samples[at : at + BATCH], pieces, labels)
            rows = network.rows(batch.pieces, batch.shapes, batch.mask, batch.token_of, batch.length)
            for name in ("tags", "morphs"):
                known = getattr(batch, name) != UNDECIDED
                count(
                    name,
                    int((getattr(network, name)(rows).argmax(-1) == getattr(batch, name))[known].sum()),
                    int(known.sum()),
                )
            known = batch.starts != UNDECIDED
            guess = network.starts(rows).argmax(-1)
            count(
                "starts",
                2 * int(((guess == 1) & (batch.starts == 1)).sum()),
                int(((guess == 1) & known).sum() + (batch.starts == 1).sum()),
            )
            known = (batch.heads != UNDECIDED) & (batch.deps != UNDECIDED)
            if known.any():
                punct = labels.deps.index("punct")
                known &= batch.deps != punct
                heads = arc_scores(network, batch, rows).argmax(-1)
                windows, tokens = known.nonzero(as_tuple=True)
                attached = heads[known] == batch.heads[known]
                kinds = network.tree.labels(rows[windows, tokens], rows[windows, heads[known]]).argmax(-1)
                count("UAS", int(attached.sum()), int(known.sum()))
                count("LAS", int((attached & (kinds == batch.deps[known])).sum()), int(known.sum()))
            for name in ("names", "triggers"):
                for window, (sample, guesses) in enumerate(
                    zip(batch.samples, getattr(network, name)(rows).argmax(-1), strict=True)
                ):
                    gold = getattr(batch, name)[window]
                    if (gold != UNDECIDED).any():
                        size = len(sample.words)
                        names = getattr(labels, name)
                        truth = spans([names[i] if i >= 0 else "O" for i in gold[:size].tolist()])
                        found = spans([names[i] for i in guesses[:size].tolist()])
                        count(name, 2 * len(truth & found), len(truth) + len(found))
    return {f"{source} {name}": round(100 * right[name] / max(1, total[name]), 1) for name in total if total[name]}
