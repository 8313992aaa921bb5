"""A run from its beginning, or from where it was stopped, to its end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from newsparse.batch.folder import Manifest, RunFolder
from newsparse.batch.inputs import find
from newsparse.batch.plan import MB, Shard, cut, shard_bytes
from newsparse.batch.settings import Settings
from newsparse.batch.shard import Completed, Failed, Job, Tick
from newsparse.errors import BatchError

Engine = Callable[[Job, Sequence[Shard]], Iterator[Tick | Completed | Failed | None]]
"""Works shards off, see :func:`newsparse.batch.local.run`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user wants read.

    Attributes:
        arguments: paths, patterns, folders, URLs; empty to go on with a run that was begun.
        kind: read all of them as this; None: told by their names.
        shard_mb: megabytes of input in a shard; None: chosen by the size of the inputs.
    """

    arguments: Sequence[str]
    kind: str | None = None
    shard_mb: float | None = None


def prepare(folder: RunFolder, settings: Settings, selection: Selection) -> Manifest:
    """What is to be done: by the manifest of the folder if a run was begun there, else a new one.

    Raises:
        BatchError: a run was begun there with other settings or inputs; there is nothing to do.
        SourceError: an input cannot be read.
        PipelineError: there is no such pipeline.
        RulesError: a rule file is wrong.
    """
    identity = settings.identity()
    inputs = find(selection.arguments, selection.kind) if selection.arguments else None
    if folder.exists:
        return folder.check(identity, inputs)
    if inputs is None:
        raise BatchError(f"{folder.path} holds no run yet; name the inputs of a new one")
    target = int(selection.shard_mb * MB) if selection.shard_mb else shard_bytes(inputs)
    manifest = Manifest(identity, inputs, list(cut(inputs, target)))
    folder.begin(manifest)
    return manifest


def work(
    folder: RunFolder, manifest: Manifest, job: Job, engine: Engine
) -> Generator[Tick | Completed | Failed | None]:
    """Do what is left, and enter what is done into the folder.

    Yields:
        what the engine tells, each shard after it has been entered.

    Raises:
        BatchError: no worker can be set up.
        OSError: files cannot be written. What was entered stays.
    """
    folder.tidy()
    done = folder.done()
    left = [shard for shard in manifest.shards if shard.number not in done]
    events = engine(job, left)
    for event in events:
        if isinstance(event, Completed):
            folder.enter(event.done, event.seconds)
        yield event
    if len(folder.done()) == len(manifest.shards):
        folder.finish()
