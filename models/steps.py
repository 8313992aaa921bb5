"""Steps with inputs and outputs: one is run again when what went into it has changed, as ``make`` would, by content."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MODELS = Path(__file__).parent
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Step:
    """A script with its arguments, the modules it is made of, the files and folders it reads, and what it writes."""

    name: str
    command: tuple[str, ...]
    modules: tuple[str, ...]
    inputs: tuple[Path, ...]
    output: Path


def run(steps: list[Step], record: Path) -> None:
    """Run the steps whose command, code, inputs or output are not those of the last run.

    Args:
        steps: in their order; each may read what the ones before it wrote.
        record: file that keeps the fingerprint and the seconds of each step.

    Raises:
        subprocess.CalledProcessError: a step failed; those before it need not be run again.
    """
    done = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for step in steps:
        fingerprint = _fingerprint(step)
        if step.output.exists() and done.get(step.name, {}).get("fingerprint") == fingerprint:
            print(f"{step.name}: unchanged")
            continue
        print(f"{step.name}: python {' '.join(step.command)}", flush=True)
        started = time.monotonic()
        subprocess.run([sys.executable, *step.command], check=True)
        done[step.name] = {"fingerprint": fingerprint, "seconds": round(time.monotonic() - started)}
        record.write_text(json.dumps(done, indent=1), encoding="utf-8")


def _fingerprint(step: Step) -> str:
    digest = hashlib.sha256(json.dumps(step.command).encode())
    for path in (*(MODELS / module for module in step.modules), *step.inputs):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.name.encode() + _content(file))
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.digest()
