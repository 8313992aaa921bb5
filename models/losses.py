"""What the network gets wrong on a batch, one loss a head."""

from __future__ import annotations

from itertools import accumulate

import torch
from batches import UNDECIDED, Batch
from network import Labels, Network, PairFeatures
from samples import Sample
from torch import Tensor
from torch.nn import functional

from newsparse.pipeline.roles.paths import FAR as NO_PATH
from newsparse.pipeline.roles.paths import Tree

FAR = -1e4


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the mean loss of each head that has something to learn from this batch."""
    rows = network.rows(batch.pieces, batch.shapes, batch.mask, batch.token_of, batch.length)
    parts = {}
    for name in ("tags", "morphs", "starts", "names", "triggers"):
        target = getattr(batch, name)
        if (target != UNDECIDED).any():
            parts[name] = _softmax(getattr(network, name)(rows), target)
    if (batch.heads != UNDECIDED).any():
        parts["arcs"] = _softmax(arc_scores(network, batch, rows), batch.heads)
        windows, tokens = (batch.heads != UNDECIDED).nonzero(as_tuple=True)
        heads = batch.heads[windows, tokens]
        parts["deps"] = _softmax(
            network.tree.labels(rows[windows, tokens], rows[windows, heads]), batch.deps[windows, tokens]
        )
    parts.update(_event_losses(network, batch, rows))
    return parts


def _softmax(scores: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, -2).float(), target.flatten(), ignore_index=UNDECIDED)


def arc_scores(network: Network, batch: Batch, rows: Tensor) -> Tensor:
    """Return the scores of heads, those outside the sentence out of reach."""
    apart = batch.sentence[:, :, None] != batch.sentence[:, None, :]
    return network.tree.arcs(rows).float().masked_fill(apart, FAR)


def span_rows(rows: Tensor, spans: list[tuple[int, int]]) -> Tensor:
    """Return (spans, 2 × width): the rows of the first and the last token of each."""
    first = torch.tensor([start for start, _ in spans])
    last = torch.tensor([end - 1 for _, end in spans])
    return torch.cat([rows[first], rows[last]], -1)


def distances(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> Tensor:
    """Return (left, right): tokens from the start of the one to the start of the other."""
    starts = torch.tensor([start for start, _ in left])
    return torch.tensor([start for start, _ in right])[None, :] - starts[:, None]


def pair_paths(sample: Sample) -> list[list[str]]:
    """Return the grammatical path from each trigger of a window to each mention."""
    size = len(sample.words)
    sentence = list(accumulate(map(bool, sample.starts or [False] * size)))
    tree = Tree(sample.words, sample.heads or [None] * size, sample.deps or [None] * size)
    return [
        [tree.path((a, b), (c, d)) if sentence[a] == sentence[c] else NO_PATH for c, d, *_ in sample.mentions or ()]
        for a, b, *_ in sample.triggers or ()
    ]


def pair_features(sample: Sample, labels: Labels) -> PairFeatures:
    """Return what is known of the pairs of triggers and mentions of a window beside their words."""
    triggers, mentions = sample.triggers or [], sample.mentions or []
    number = {path: i for i, path in enumerate(labels.paths)}
    return PairFeatures(
        types=torch.tensor([labels.types.index(kind) for *_, kind, _ in triggers]),
        entities=torch.tensor([labels.entities.index(kind) for *_, kind in mentions]),
        paths=torch.tensor([[number.get(path, 0) for path in row] for row in pair_paths(sample)]),
        distances=distances([(a, b) for a, b, *_ in triggers], [(a, b) for a, b, *_ in mentions]),
    )


def _event_losses(network: Network, batch: Batch, rows: Tensor) -> dict[str, Tensor]:
    status_scores, status, role_scores, roles, links = [], [], [], [], []
    for window, sample in zip(rows, batch.samples, strict=True):
        triggers = [(start, end) for start, end, _, _ in sample.triggers or ()]
        mentions = [(start, end) for start, end, *_ in sample.mentions or ()]
        if triggers:
            status_scores.append(network.status(window[torch.tensor([start for start, _ in triggers])]))
            status += [batch.labels.status.index(name) for *_, name in sample.triggers or ()]
        if triggers and mentions:
            target = torch.zeros(len(triggers), len(mentions), dtype=torch.long)
            for trigger, mention, role in sample.roles or ():
                target[trigger, mention] = batch.labels.roles.index(role)
            features = pair_features(sample, batch.labels)
            scores = network.roles(span_rows(window, triggers), span_rows(window, mentions), features)
            role_scores.append(scores.flatten(0, 1))
            roles.append(target.flatten())
        if len(mentions) > 1:
            links.append(
                _antecedent_loss(network, window, mentions, [entity for *_, entity, _ in sample.mentions or ()])
            )
    parts = {}
    if status:
        parts["status"] = _softmax(torch.cat(status_scores), torch.tensor(status))
    if roles:
        parts["roles"] = _softmax(torch.cat(role_scores), torch.cat(roles))
    if links:
        parts["coreference"] = torch.stack(links).mean()
    return parts


def _antecedent_loss(network: Network, rows: Tensor, mentions: list[tuple[int, int]], entities: list[str]) -> Tensor:
    """Return the loss of choosing a right antecedent, or none for the first mention (Lee et al. 2017)."""
    spans = span_rows(rows, mentions)
    scores = network.coreference(spans, spans, distances(mentions, mentions))[..., 0].float()
    before = torch.ones_like(scores, dtype=torch.bool).tril(-1)
    same = torch.tensor([[a == b for b in entities] for a in entities]) & before
    none = torch.zeros(len(mentions), 1)
    everything = torch.cat([none, scores.masked_fill(~before, FAR)], 1).logsumexp(1)
    right = torch.cat([torch.where(same.any(1, keepdim=True), FAR, none), scores.masked_fill(~same, FAR)], 1)
    return (everything - right.logsumexp(1)).mean()
