"""Output files that appear whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from newsparse.errors import OutputError

STDOUT = "-"


@contextmanager
def open_output(target: str, *, force: bool = False) -> Iterator[TextIO]:
    """Open a file for text, or stdout for ``-``; ``.gz`` in the name compresses.

    What is written goes to a temporary file beside the target, which takes the target's name when the block
    is left without an error and is removed otherwise. A device or a named pipe is written to directly.

    Raises:
        OutputError: if the file exists and ``force`` is not given, or if it cannot be made.
    """
    if target == STDOUT:
        yield sys.stdout
        return
    # A link stays a link: the file it points to is replaced.
    path = Path(os.path.realpath(target))
    _refuse(path, target, force)
    if path.exists() and not path.is_file():
        with _opened(path, target, "wb") as binary, _as_text(binary, path) as text:
            yield text
        return
    with _replacing(path, target) as binary, _as_text(binary, path) as text:
        yield text


def _refuse(path: Path, target: str, force: bool) -> None:
    if path.is_dir():
        raise OutputError(f"{target} is a folder; give the name of a file in it.")
    if path.is_file() and not force:
        raise OutputError(f"{target} exists already; --force overwrites it.")


@contextmanager
def _replacing(path: Path, target: str) -> Iterator[BinaryIO]:
    """Open a temporary file that takes the place of ``path`` in the end."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    binary = _opened(temporary, target, "xb")
    try:
        with binary:
            yield binary
            binary.flush()
            os.fsync(binary.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _opened(path: Path, target: str, mode: str) -> BinaryIO:
    try:
        return cast(BinaryIO, path.open(mode))
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}.") from error


@contextmanager
def _as_text(binary: BinaryIO, path: Path) -> Iterator[TextIO]:
    with ExitStack() as stack:
        if path.suffix == ".gz":
            # No name and no time in the header: the same records give the same bytes.
            binary = cast(BinaryIO, stack.enter_context(gzip.GzipFile("", "wb", fileobj=binary, mtime=0)))
        text = io.TextIOWrapper(binary, encoding="utf-8", newline="\n", write_through=False)
        yield text
        text.flush()
        text.detach()
