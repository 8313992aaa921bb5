"""The JSON Schema of the records, generated from their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from newsparse.records import ArticleRecord, EventRecord

RECORDS: Mapping[str, type[EventRecord] | type[ArticleRecord]] = {"event": EventRecord, "article": ArticleRecord}
"""Name of a record, as in ``newsparse schema NAME``, and its type."""

VERSION = 1
"""Rises when a reader of the records would have to change; new keys alone do not raise it."""


def json_schema(record: str) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the ``event`` or the ``article`` record.

    Raises:
        KeyError: if there is no such record.
    """
    generated = RECORDS[record].model_json_schema(by_alias=True, mode="serialization")
    # A key with a default is not required in pydantic's eyes, though it is always written.
    required = ["schema", *generated.pop("required")]
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:newsparse:schema:{record}:{VERSION}",
        "title": f"newsparse {record} record",
        "description": generated.pop("description"),
    }
    generated.pop("title")
    return {**head, **generated, "required": required}
