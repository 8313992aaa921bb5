"""What decides the records of a run, apart from its inputs: versions, rules, options."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import newsparse
from newsparse.errors import PipelineError
from newsparse.sources.base import ReadOptions


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run extracts.

    Attributes:
        pipeline: name or folder of a spaCy pipeline.
        rules: files with event rules, absolute.
        min_confidence: events below it are left out.
        explain: add to each event which rules fired.
        records: ``event`` or ``article``.
        format: ``jsonl`` or ``parquet``.
        read: how to read the inputs.
    """

    pipeline: str
    rules: tuple[str, ...]
    min_confidence: float
    explain: bool
    records: str
    format: str
    read: ReadOptions

    def identity(self) -> dict[str, Any]:
        """What two starts must have in common to go into one folder.

        Raises:
            PipelineError: there is no such pipeline.
            RulesError: a rule file is wrong.
        """
        from newsparse.rules.frames import load_event_rules

        options = {key: value for key, value in asdict(self).items() if key not in ("pipeline", "rules", "read")}
        return {
            "newsparse": newsparse.__version__,
            "pipeline": pipeline_identity(self.pipeline),
            "rules": load_event_rules(tuple(map(Path, self.rules))).digest,
            "options": options | {"read": asdict(self.read)},
        }


def extractor_names(identity: Mapping[str, Any]) -> dict[str, str]:
    """What made the records, as they name it themselves."""
    return {
        "newsparse": identity["newsparse"],
        "pipeline": identity["pipeline"]["name"],
        "rules": identity["rules"],
    }


def pipeline_identity(name: str) -> dict[str, str]:
    """Name, version and hash of all files of a pipeline, told without loading it.

    Raises:
        PipelineError: there is no such pipeline.
    """
    folder = _folder(name)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return {
        "name": f"{meta['lang']}_{meta['name']} {meta['version']}",
        "files": f"sha256:{digest.hexdigest()[:32]}",
    }


def _folder(name: str) -> Path:
    """The folder with the files of a pipeline: a package holds it in a folder named after its version."""
    if (Path(name) / "meta.json").is_file():
        return Path(name)
    try:
        spec = importlib.util.find_spec(name)
        package = Path(spec.origin).parent if spec and spec.origin else None
        found = package / f"{name}-{_version(package, name)}" if package else None
    except (ImportError, ValueError, PackageNotFoundError):
        found = None
    if found is None or not (found / "meta.json").is_file():
        raise PipelineError(
            f"the spaCy pipeline {name!r} is not installed; "
            f"others than the one that comes with newsparse: python -m spacy download {name}"
        )
    return found


def _version(package: Path, name: str) -> str:
    meta = package / "meta.json"
    if meta.is_file():
        return str(json.loads(meta.read_text(encoding="utf-8"))["version"])
    return version(name)


def differences(one: Mapping[str, Any], other: Mapping[str, Any], path: str = "") -> list[str]:
    """Where two identities differ, a line each: ``options.records: event, now article``."""
    found = []
    for key in [*one, *(key for key in other if key not in one)]:
        before, after = one.get(key), other.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found += differences(before, after, f"{path}{key}.")
        elif before != after:
            found.append(f"{path}{key}: {before}, now {after}")
    return found
