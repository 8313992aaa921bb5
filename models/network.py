"""One encoder, many heads: the network that ``train.py`` fits and ``package.py`` takes apart.

The encoder is BERT (Devlin et al. 2019) in the size and with the weights of all-MiniLM-L6-v2, plus an embedding of
the shape that small letters lose. Heads read one row a token, the mean of its word pieces: softmax layers for tags,
morphology, sentence starts, names, triggers and status; deep biaffine attention (Dozat & Manning 2017) for trees;
bilinear scores of pairs for roles and coreference, those of roles with types and grammatical paths.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from newsparse.pipeline.encoder.wordpieces import SHAPE_COUNT

ARC_WIDTH, LABEL_WIDTH, PAIR_WIDTH, ROLE_WIDTH = 192, 64, 96, 128
DROPOUT = 0.2
# Distances of a pair in tokens are told in powers of two, before and after.
DISTANCE_BUCKETS = 10


class Encoder(nn.Module):
    """Word pieces and shapes to contextual rows."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.shapes = nn.Embedding(SHAPE_COUNT, bert.config.hidden_size)
        nn.init.zeros_(self.shapes.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return (windows, pieces, width) of (windows, pieces) ids; ``mask`` is 1 where a piece stands."""
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        rows: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return rows


class Biaffine(nn.Module):
    """Scores of a head for each dependent, and of the labels of chosen arcs."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.arc_dependent = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.arc = nn.Parameter(torch.zeros(ARC_WIDTH + 1, ARC_WIDTH))
        self.label_dependent = nn.Linear(width, LABEL_WIDTH)
        self.label_head = nn.Linear(width, LABEL_WIDTH)
        self.label = nn.Parameter(torch.zeros(labels, LABEL_WIDTH + 1, LABEL_WIDTH + 1))
        nn.init.xavier_normal_(self.arc)
        nn.init.xavier_normal_(self.label)

    def arcs(self, rows: Tensor) -> Tensor:
        """Return (batch, dependents, heads); the root is its own head."""
        dependents = with_one(relu_drop(self.arc_dependent(rows)))
        return dependents @ self.arc @ relu_drop(self.arc_head(rows)).transpose(1, 2)

    def labels(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return (arcs, labels) of the rows of dependents and of their heads."""
        left = with_one(relu_drop(self.label_dependent(dependents)))
        right = with_one(relu_drop(self.label_head(heads)))
        return torch.einsum("ni,lij,nj->nl", left, self.label, right)


class Pairs(nn.Module):
    """Scores of pairs of spans, with a bias for their distance; a span is its first and its last token."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.left = nn.Linear(2 * width, PAIR_WIDTH)
        self.right = nn.Linear(2 * width, PAIR_WIDTH)
        self.score = nn.Parameter(torch.zeros(labels, PAIR_WIDTH + 1, PAIR_WIDTH + 1))
        self.distance = nn.Embedding(2 * DISTANCE_BUCKETS + 1, labels)
        nn.init.xavier_normal_(self.score)
        nn.init.zeros_(self.distance.weight)

    def forward(self, left: Tensor, right: Tensor, distance: Tensor) -> Tensor:
        """Return (left, right, labels) of rows (spans, 2 × width) and distances (left, right) in tokens."""
        lefts, rights = with_one(relu_drop(self.left(left))), with_one(relu_drop(self.right(right)))
        scores = torch.einsum("mi,lij,nj->mnl", lefts, self.score, rights)
        bias: Tensor = self.distance(bucket(distance))
        return scores + bias


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """Numbers of the types of triggers (m) and mentions (n), of the paths (m, n), and distances (m, n) in tokens."""

    types: Tensor
    entities: Tensor
    paths: Tensor
    distances: Tensor


class Roles(nn.Module):
    """Scores of roles: a biaffine form of trigger and mention, and what types, path and distance say beside them."""

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__()
        roles = len(labels.roles)
        self.left = nn.Linear(2 * width, PAIR_WIDTH)
        self.right = nn.Linear(2 * width, PAIR_WIDTH)
        self.score = nn.Parameter(torch.zeros(roles, PAIR_WIDTH + 1, PAIR_WIDTH + 1))
        self.trigger = nn.Linear(PAIR_WIDTH, ROLE_WIDTH)
        self.mention = nn.Linear(PAIR_WIDTH, ROLE_WIDTH, bias=False)
        self.event_type = nn.Embedding(len(labels.types), ROLE_WIDTH)
        self.entity_type = nn.Embedding(len(labels.entities), ROLE_WIDTH)
        self.path = nn.Embedding(len(labels.paths), ROLE_WIDTH)
        self.distance = nn.Embedding(2 * DISTANCE_BUCKETS + 1, ROLE_WIDTH)
        self.out = nn.Linear(ROLE_WIDTH, roles)
        nn.init.xavier_normal_(self.score)
        for table in (self.event_type, self.entity_type, self.path, self.distance):
            nn.init.normal_(table.weight, std=0.2)

    def forward(self, left: Tensor, right: Tensor, pairs: PairFeatures) -> Tensor:
        """Return (triggers, mentions, roles) of their rows (spans, 2 × width)."""
        triggers, mentions = relu_drop(self.left(left)), relu_drop(self.right(right))
        scores = torch.einsum("mi,lij,nj->mnl", with_one(triggers), self.score, with_one(mentions))
        hidden = (self.trigger(triggers) + self.event_type(pairs.types))[:, None]
        hidden = hidden + (self.mention(mentions) + self.entity_type(pairs.entities))[None]
        hidden = hidden + self.path(pairs.paths) + self.distance(bucket(pairs.distances))
        total: Tensor = scores + self.out(relu_drop(hidden))
        return total


def bucket(distance: Tensor) -> Tensor:
    """Return the number of a distance's bucket: its sign and the power of two below it."""
    size = (distance.abs().float() + 1).log2().floor().long().clamp(max=DISTANCE_BUCKETS)
    return size * distance.sign() + DISTANCE_BUCKETS


def relu_drop(rows: Tensor) -> Tensor:
    """Apply the activation and, in training, dropout."""
    return functional.dropout(functional.relu(rows), DROPOUT, torch.is_grad_enabled())


def with_one(rows: Tensor) -> Tensor:
    """Append a column of ones, which makes a bilinear form biaffine."""
    return functional.pad(rows, (0, 1), value=1.0)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of each head, in the order of its scores."""

    tags: list[str]
    morphs: list[str]
    deps: list[str]
    names: list[str]
    triggers: list[str]
    status: list[str]
    roles: list[str]
    types: list[str]
    entities: list[str]
    paths: list[str]


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, bert: BertModel, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder(bert)
        width = bert.config.hidden_size
        self.tags = nn.Linear(width, len(labels.tags))
        self.morphs = nn.Linear(width, len(labels.morphs))
        self.starts = nn.Linear(width, 2)
        self.names = nn.Linear(width, len(labels.names))
        self.triggers = nn.Linear(width, len(labels.triggers))
        self.status = nn.Linear(width, len(labels.status))
        self.tree = Biaffine(width, len(labels.deps))
        self.roles = Roles(width, labels)
        self.coreference = Pairs(width, 1)

    def rows(self, pieces: Tensor, shapes: Tensor, mask: Tensor, token_of: Tensor, tokens: int) -> Tensor:
        """Return (windows, tokens, width): the mean of each token's pieces; ``token_of`` is -1 for other pieces."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            hidden = self.encoder(pieces, shapes, mask).float()
        place = functional.one_hot(token_of + 1, tokens + 1)[..., 1:].float()
        share = place / place.sum(1, keepdim=True).clamp(min=1)
        return functional.dropout(share.transpose(1, 2) @ hidden, DROPOUT, self.training)
