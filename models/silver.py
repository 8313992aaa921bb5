"""Let a network annotate what a source leaves open: ``python models/silver.py NETWORK SAMPLES SOURCE...``.

A head that learns from one kind of text only goes astray on the others once the encoder learns from both. So the
articles get the trees of a network that knows the treebanks alone; each ``SOURCE-train-N.jsonl`` becomes
``SOURCE-silver-train-N.jsonl``. Tokens of which the network is not sure stay open.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import torch
from batches import collate, fit
from export import load_network
from losses import FAR
from network import Labels, Network
from samples import Sample, load, save
from torch import Tensor
from train import BASE

from newsparse.pipeline.encoder.wordpieces import WordPieces

BATCH = 8
SURE = 0.6


def annotated(samples: list[Sample], network: Network, pieces: WordPieces, labels: Labels) -> Iterator[Sample]:
    """Yield the samples with tags, morphology, sentence starts and trees, where they had none."""
    order = sorted(range(len(samples)), key=lambda i: len(samples[i].words))
    with torch.no_grad():
        for at in range(0, len(order), BATCH):
            group = [fit(samples[i], pieces)[1] for i in order[at : at + BATCH]]
            batch = collate(group, pieces, labels)
            rows = network.rows(batch.pieces, batch.shapes, batch.mask, batch.token_of, batch.length)
            for sample, own in zip(group, rows, strict=True):
                _annotate(sample, own[: len(sample.words)], network, labels)
                yield sample


def _annotate(sample: Sample, rows: Tensor, network: Network, labels: Labels) -> None:
    sample.tags = _chosen(network.tags(rows), labels.tags)
    sample.morphs = _chosen(network.morphs(rows), labels.morphs)
    if sample.starts is None:
        guesses = _chosen(network.starts(rows), ["inside", "start"])
        sample.starts = [None if guess is None else guess == "start" for guess in guesses]
        sample.starts[0] = True
    sentence = torch.tensor([bool(start) for start in sample.starts]).cumsum(0)
    scores = network.tree.arcs(rows[None])[0].masked_fill(sentence[:, None] != sentence[None, :], FAR)
    likelihood, heads = scores.softmax(-1).max(-1)
    kinds = _chosen(network.tree.labels(rows, rows[heads]), labels.deps)
    sure = [kind is not None and p >= SURE for kind, p in zip(kinds, likelihood.tolist(), strict=True)]
    sample.heads = [head if known else None for head, known in zip(heads.tolist(), sure, strict=True)]
    sample.deps = [kind if known else None for kind, known in zip(kinds, sure, strict=True)]


def _chosen(scores: Tensor, names: list[str]) -> list[str | None]:
    likelihood, best = scores.softmax(-1).max(-1)
    return [names[i] if p >= SURE else None for i, p in zip(best.tolist(), likelihood.tolist(), strict=True)]


def main() -> None:
    """Annotate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("sources", nargs="+")
    arguments = parser.parse_args()
    network, labels = load_network(arguments.network)
    pieces = WordPieces((BASE / "vocab.txt").read_text(encoding="utf-8").splitlines())
    for source in arguments.sources:
        for path in sorted(arguments.samples.glob(f"{source}-train-*.jsonl")):
            target = path.with_name(path.name.replace(source, f"{source}-silver", 1))
            save(annotated(list(load(path)), network, pieces, labels), target)


if __name__ == "__main__":
    main()
