"""Regenerates the generated parts of the user guide: ``python docs/generate.py``, with ``--check`` only compares.

A generated part stands in a Markdown file between ``<!-- generated: NAME -->`` and ``<!-- end generated -->``,
where NAME is one of ``BLOCKS``. What stands outside of the marks is written by hand and left alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from newsparse.article import Article
from newsparse.cli.command import ENVIRONMENT, Command
from newsparse.cli.group import newsparse
from newsparse.extractor import Extractor
from newsparse.records import ArticleRecord
from newsparse.rules import lexicon
from newsparse.rules.frames import load_event_rules
from newsparse.schema import json_schema
from newsparse.sources import read, resolve

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAMPLE = ROOT / "fixtures" / "philadelphia-arrest-database.html"
EXAMPLE_TYPE = "agreement.end"
EXAMPLE_KEYS = ("type", "status", "summary", "mentions", "actors", "agreements", "databases", "time", "article")

_LEFT_OUT = frozenset({"entity", "parties"})
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end generated -->\n)", re.DOTALL)
_CLASS_WORDS = 6
"""How many words of a word class are shown."""


def main() -> int:
    """Rewrite the pages, or with ``--check`` say which ones are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if a page is stale")
    check = parser.parse_args().check
    stale = 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        fresh = _BLOCK.sub(lambda match: f"{match[1]}\n{BLOCKS[match['name']]()}\n\n{match[3]}", text)
        if fresh == text:
            continue
        stale += 1
        if check:
            print(f"{page.relative_to(ROOT)} is stale; run: make docs")
        else:
            page.write_text(fresh, encoding="utf-8")
    return 1 if check and stale else 0


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# ---- command line


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Name, command and context of every command, in the order of the help."""
    root = click.Context(newsparse, info_name="newsparse", **newsparse.context_settings)
    for name in newsparse.list_commands(root):
        command = newsparse.get_command(root, name)
        assert command is not None, name
        yield name, command, click.Context(command, info_name=name, parent=root, **command.context_settings)


def command_table() -> str:
    """The commands with one line each."""
    rows = ([f"`newsparse {name}`", command.get_short_help_str(limit=200)] for name, command, _ in commands())
    return table(["command", "does"], rows)


def command_pages() -> str:
    """Usage, examples, options and exit codes of every command, then what holds for all."""
    pages = [command_page(command, context) for _, command, context in commands()]
    environment = table(["variable", "does"], ([f"`{name}`", text] for name, text in ENVIRONMENT))
    return "\n\n".join([*pages, f"## Environment\n\n{environment}"])


def command_page(command: click.Command, context: click.Context) -> str:
    """One command."""
    assert isinstance(command, Command), command.name
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    examples = "\n".join(["# Examples", *command.examples])
    parts = [f"## {context.command_path}", f"```\n{usage}\n```", *_paragraphs(command.help or "")]
    parts.append(f"```bash\n{examples}\n```")
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    if arguments:
        rows = ([f"`{argument.make_metavar(context)}`", argument.help or ""] for argument in arguments)
        parts.append(table(["argument", "is"], rows))
    for section, records in _sections(command, context).items():
        parts.append(table([section.lower(), ""], ([f"`{names}`", _joined(text)] for names, text in records)))
    parts.append(table(["exit code", ""], ([code, meaning] for code, meaning in command.exit_codes)))
    return "\n\n".join(parts)


def _sections(command: click.Command, context: click.Context) -> dict[str, list[tuple[str, str]]]:
    """Options by section, as the help of the command shows them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(context):
        record = None if isinstance(parameter, click.Argument) else parameter.get_help_record(context)
        if record is not None:
            found.setdefault(getattr(parameter, "section", "Messages"), []).append(record)
    return found


def _paragraphs(text: str) -> list[str]:
    return [_joined(paragraph) for paragraph in text.split("\n\n")]


def _joined(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


# ---- records


def example_record() -> str:
    """An event of the sample article, with the keys that say most."""
    articles = (item for source in resolve(str(SAMPLE)) for item in read(source) if isinstance(item, Article))
    records = [record for record in Extractor().extract(articles) if isinstance(record, ArticleRecord)]
    events = (event for record in records for event in record.event_records() if event.type == EXAMPLE_TYPE)
    shown = json.loads(next(events).to_json())
    shown["mentions"] = shown["mentions"][:1]
    shown["article"] = {key: shown["article"][key] for key in ("title", "published", "url")}
    lines = [f" {json.dumps(key)}: {_short(shown[key])}" for key in EXAMPLE_KEYS if shown[key]]
    return "```json\n{\n" + ",\n".join(lines) + "\n}\n```"


def record_table(name: str) -> str:
    """The keys of a record."""
    return _keys(json_schema(name))


def record_parts() -> str:
    """The keys of everything that stands within records, one table for each type."""
    parts: dict[str, Mapping[str, Any]] = {}
    for name in ("event", "article"):
        parts |= json_schema(name)["$defs"]
    texts = [f"### {name}\n\n{_sentence(part)}{_keys(part)}" for name, part in sorted(parts.items()) if name != "Event"]
    return "\n\n".join(texts)


def _sentence(part: Mapping[str, Any]) -> str:
    text = _joined(part.get("description", ""))
    return f"{text}\n\n" if text else ""


def _keys(schema: Mapping[str, Any]) -> str:
    rows = ([f"`{key}`", _type(value), value["description"]] for key, value in schema["properties"].items())
    return table(["key", "type", "meaning"], rows)


def _type(value: Mapping[str, Any]) -> str:
    """The type of a value in words."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return "[event](#event-record)" if name == "Event" else f"[{name}](#{name.lower()})"
    if "anyOf" in value:
        return " or ".join(_type(option) for option in value["anyOf"])
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{option}`" for option in value["enum"])
    if value["type"] == "array":
        return f"list of {_type(value['items'])}"
    return str(value["type"])


def _short(value: Any) -> str:
    """A value of the example as JSON, without ids and what is empty."""

    def keep(part: Any) -> Any:
        if isinstance(part, list):
            return [keep(item) for item in part]
        if isinstance(part, dict):
            return {key: keep(item) for key, item in part.items() if key not in _LEFT_OUT and item not in (None, [])}
        return part

    return json.dumps(keep(value), ensure_ascii=False)


# ---- rules


def event_types() -> str:
    """The event types with what they are for."""
    types = load_event_rules().types
    rows = ([f"`{name}`", kind.description, kind.plover or "–"] for name, kind in sorted(types.items()))
    return table(["type", "an event of this type", "PLOVER"], rows)


def word_classes() -> str:
    """The word classes of event rules, each with its first words."""
    classes: dict[str, list[str]] = {}
    for word, labels in lexicon.word_classes().items():
        for label in labels:
            classes.setdefault(label, []).append(word)
    rows = ([f"`{label}`", _some(words)] for label, words in sorted(classes.items()))
    return table(["class", "words"], rows)


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:_CLASS_WORDS]) + (", …" if len(words) > _CLASS_WORDS else "")


BLOCKS: Mapping[str, Callable[[], str]] = {
    "example-record": example_record,
    "command-table": command_table,
    "command-pages": command_pages,
    "event-record": lambda: record_table("event"),
    "article-record": lambda: record_table("article"),
    "record-parts": record_parts,
    "event-types": event_types,
    "word-classes": word_classes,
}
"""Name of a generated part → what writes it."""


if __name__ == "__main__":
    sys.exit(main())
