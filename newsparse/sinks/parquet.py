"""Records as Parquet: columns made from the record types, nested as the records are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, BinaryIO, Union, get_args, get_origin

from newsparse.errors import OutputError
from newsparse.records import Record
from newsparse.schema import RECORDS

ROWS = 500
"""Records that are written, and read, at once."""

_BY_SCHEMA: Mapping[str, type[Record]] = {record.model_fields["schema_"].default: record for record in RECORDS.values()}

_SCALARS = {str: "string", int: "int64", float: "double", bool: "bool_"}


class ParquetWriter:
    """Writes records to a Parquet file; the same records give the same bytes with the same version of pyarrow.

    Objects whose keys are not known beforehand (``article.extra``) are JSON text.

    Args:
        file: where to write; stays open.
        record: ``event`` or ``article``.

    Raises:
        OutputError: pyarrow is not installed.
    """

    def __init__(self, file: BinaryIO, record: str) -> None:
        arrow = require_pyarrow()
        from pyarrow import parquet

        self._table = arrow.Table
        self._record = RECORDS[record]
        self._schema = schema(self._record)
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Any] = []

    def write(self, line: bytes) -> None:
        """Write a record, given as JSON."""
        self._rows.append(_packed(json.loads(line), self._record))
        if len(self._rows) == ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left and the foot of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def read_lines(path: Path) -> Iterator[bytes]:
    """The records of a file that ``ParquetWriter`` wrote, as lines of JSON without line ends.

    Raises:
        OutputError: pyarrow is not installed.
    """
    require_pyarrow()
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS):
            for row in batch.to_pylist():
                record = _unpacked(row, _BY_SCHEMA[row["schema"]])
                yield json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def require_pyarrow() -> Any:
    """The package pyarrow.

    Raises:
        OutputError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise OutputError("Parquet needs pyarrow; pip install 'newsparse[parquet]'") from None
    return pyarrow


def schema(record: type[Record]) -> Any:
    """The columns of a type of record."""
    return require_pyarrow().schema(list(_arrow_type(record)))


def _arrow_type(annotation: Any) -> Any:
    """The Arrow type of a Python type, as far as records use them."""
    arrow = require_pyarrow()
    annotation = _without_none(annotation)
    if _is_record(annotation):
        fields = annotation.model_fields.items()
        return arrow.struct([arrow.field(field.alias or name, _arrow_type(field.annotation)) for name, field in fields])
    if get_origin(annotation) is list:
        return arrow.list_(_arrow_type(get_args(annotation)[0]))
    return getattr(arrow, _SCALARS.get(annotation, "string"))()  # a Literal is one of some strings, a dict is JSON


def _packed(value: Any, annotation: Any) -> Any:
    """A value from JSON as its column holds it."""
    annotation = _without_none(annotation)
    if value is None:
        return None
    if _is_record(annotation):
        names = ((field.alias or name, field.annotation) for name, field in annotation.model_fields.items())
        return {name: _packed(value.get(name), kind) for name, kind in names}
    if get_origin(annotation) is list:
        return [_packed(item, get_args(annotation)[0]) for item in value]
    return json.dumps(value, ensure_ascii=False) if get_origin(annotation) is dict else value


def _unpacked(value: Any, annotation: Any) -> Any:
    """A value from its column as JSON has it; keys that records leave out when they are null are left out."""
    annotation = _without_none(annotation)
    if value is None:
        return None
    if _is_record(annotation):
        fields = [(field.alias or name, field) for name, field in annotation.model_fields.items()]
        kept = ((name, field) for name, field in fields if value[name] is not None or field.exclude_if is None)
        return {name: _unpacked(value[name], field.annotation) for name, field in kept}
    if get_origin(annotation) is list:
        return [_unpacked(item, get_args(annotation)[0]) for item in value]
    return json.loads(value) if get_origin(annotation) is dict else value


def _without_none(annotation: Any) -> Any:
    """``X`` for ``X | None``."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    (kept,) = (argument for argument in get_args(annotation) if argument is not NoneType)
    return kept


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)
