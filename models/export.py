"""Write the trained encoder for onnxruntime: ``python models/export.py NETWORK OUT``.

OUT gets ``encoder.onnx``, its weights in eight bits, ``vocabulary.txt``, and the heads as arrays in ``heads.npz``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from network import Labels, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import BASE
from transformers import BertConfig, BertModel

OPSET = 17


def load_network(folder: Path) -> tuple[Network, Labels]:
    """Load the network that ``train.py`` wrote."""
    labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
    config = BertConfig.from_pretrained(str(BASE), attn_implementation="eager")
    network = Network(BertModel(config, add_pooling_layer=False), labels)
    network.load_state_dict(torch.load(folder / "network.pt"))
    return network.eval(), labels


def write_encoder(network: Network, path: Path) -> None:
    """Write the encoder as ONNX, then again with eight-bit weights.

    Seven bits of them are used, a scale for each column: sums of products then never overflow on processors whose
    eight-bit instructions saturate, so that all give the same rows.
    """
    whole, prepared = path.with_suffix(".whole.onnx"), path.with_suffix(".prepared.onnx")
    example = torch.ones((1, 8), dtype=torch.long)
    torch.onnx.export(
        network.encoder,
        (example, example),
        str(whole),
        input_names=["pieces", "shapes"],
        output_names=["rows"],
        dynamic_axes={name: {0: "windows", 1: "pieces"} for name in ("pieces", "shapes", "rows")},
        opset_version=OPSET,
        dynamo=False,
    )
    quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    for temporary in (whole, prepared):
        temporary.unlink()


def write_heads(network: Network, path: Path) -> None:
    """Write the weights of the heads by their names in the network."""
    heads = {name: weights.numpy() for name, weights in network.state_dict().items() if not name.startswith("encoder.")}
    np.savez(path, **heads)


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path, help="folder of train.py")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    network, _ = load_network(arguments.network)
    write_encoder(network, arguments.out / "encoder.onnx")
    write_heads(network, arguments.out / "heads.npz")
    (arguments.out / "vocabulary.txt").write_text((BASE / "vocab.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (arguments.out / "labels.json").write_text((arguments.network / "labels.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
