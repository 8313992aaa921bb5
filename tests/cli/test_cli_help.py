"""Help, version, usage errors, and what is imported for them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import click
import pytest

from newsparse import __version__
from newsparse.cli.group import COMMANDS, newsparse

HEAVY = {"spacy", "trafilatura", "pydantic", "rich", "tqdm", "numpy"}


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["extract", "--help"], ["evaluate", "-h"], ["train", "-h"], ["nonsense"]]
)
def test_nothing_heavy_is_imported(args: list[str], environment: dict[str, str]) -> None:
    code = f"import sys; from newsparse.cli import main; main({args}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert not HEAVY & set(done.stderr.split())


def test_version_names_pipeline_and_spacy(run: Any) -> None:
    result = run("--version")
    assert result.code == 0
    assert result.out.startswith(f"newsparse {__version__} (en_newsparse ")
    assert "spaCy 3." in result.out


def test_version_ignores_a_variable_of_that_name(run: Any) -> None:
    assert run("schema", env={"NEWSPARSE_VERSION": "0.1.0"}).code == 0


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_of_each_command(name: str, flag: str, run: Any) -> None:
    result = run(name, flag)
    assert result.code == 0
    assert result.err == ""
    order = ["Usage:", "Examples:", f"  newsparse {name}", "-h, --help", "Exit codes:", "Environment:"]
    if name in ("extract", "fetch", "view", "validate"):
        order.insert(3, "Positional arguments:")
    positions = [result.out.index(part) for part in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize("name", COMMANDS)
def test_everything_has_help(name: str) -> None:
    ctx = click.Context(newsparse)
    command = newsparse.get_command(ctx, name)
    assert command is not None
    assert command.help
    for parameter in command.get_params(ctx):
        assert parameter.get_help_record(ctx) is not None, parameter.name


def test_group_help_lists_the_commands(run: Any) -> None:
    result = run("-h")
    assert all(f"\n  {name} " in result.out for name in COMMANDS)
    assert "..." not in result.out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["extrct"], "Did you mean 'extract'?"),
        (["extract", "--pipelin", "x"], "--pipeline"),
        (["https://example.org/a"], "Did you mean 'newsparse extract https://example.org/a'?"),
        (["extract", "a", "--from", "pdf"], "'url', 'html', 'text', 'jsonl'"),
        (["extract", "a", "--published", "27 July"], "no day like 2018-07-27"),
        (["extract", "a", "--limit", "0"], "--limit"),
        (["extract", "a", "--min-confidence", "2"], "0<=x<=1"),
        (["extract", "a", "-o", "b", "--errors", "b"], "each its own file"),
        (["fetch", "a", "--errors", "-"], "each its own file"),
        (["schema", "entity"], "'event', 'article'"),
        (["validate", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_wrong_usage(args: list[str], hint: str, run: Any) -> None:
    result = run(*args)
    assert result.code == 2
    assert result.out == ""
    assert hint in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["extract", "fetch", "view", "validate"])
def test_nothing_to_read_on_a_terminal(name: str, run_on_terminal: Any) -> None:
    result = run_on_terminal(name)
    assert result.code == 2
    assert f"Usage: newsparse {name}" in result.out
    assert f"  newsparse {name}" in result.out
    assert f"Try 'newsparse {name} -h'" in result.out
    assert "Exit codes" not in result.out


def test_no_command(run: Any) -> None:
    result = run()
    assert result.code == 2
    assert "Commands:" in result.err
    assert result.out == ""
