"""The folder of a trained pipeline: it appears whole or not at all, and says what it learned from."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsparse.errors import OutputError

if TYPE_CHECKING:
    from spacy.language import Language

SIGNS = ("meta.json", "config.cfg")
"""Files by which a folder is known to be a pipeline."""
META_KEY = "newsparse_training"
"""Key of ``meta.json``: a list with an entry for each training, the last one last."""


def check_folder(folder: Path, force: bool) -> None:
    """Refuse what must not be overwritten.

    Raises:
        OutputError: the folder is not empty and ``force`` is not given, or it is no pipeline, or no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; give the name of a folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not all((folder / sign).is_file() for sign in SIGNS):
        raise OutputError(f"{folder} is not empty and holds something else than a pipeline; give another folder.")
    if not force:
        raise OutputError(f"{folder} is not empty; --force replaces the pipeline in it.")


def write_folder(nlp: Language, folder: Path) -> None:
    """Write a pipeline; one that was there is replaced.

    Raises:
        OutputError: it cannot be written.
    """
    place = Path(os.path.realpath(folder))
    fresh, old = (place.with_name(f".{place.name}.{secrets.token_hex(4)}.{word}") for word in ("new", "old"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(fresh)
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        if old.exists() and not place.exists():
            old.rename(place)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def describe(nlp: Language, folder: Path, training: Mapping[str, Any]) -> None:
    """Give a pipeline a name and version of its own, and note what it learned from."""
    meta = nlp.meta
    trainings = [*meta.get(META_KEY, []), dict(training)]
    release = str(meta["version"]).partition("+")[0]
    meta["name"] = re.sub(r"\W+", "_", folder.resolve().name).strip("_").lower() or "trained"
    meta["version"] = f"{release}+train.{len(trainings)}"
    # Figures of the pipeline that it was say nothing of the one that it is.
    meta["performance"] = {}
    meta[META_KEY] = trainings
