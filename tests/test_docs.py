"""The documentation against the code: nothing stale, nothing left out, every example works."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from spacy.lang.en import English

import newsparse
from newsparse.article import Article, from_text
from newsparse.cli.command import EXIT_CODES
from newsparse.cli.group import COMMANDS
from newsparse.extractor import Extractor
from newsparse.pipeline import COMPONENTS
from newsparse.records import ArticleRecord
from newsparse.rules import frames
from newsparse.rules.frames import ENTITY_TYPES, ROLES, STATUSES, load_event_rules
from newsparse.sinks.plain import failure_object
from newsparse.sources import Failure, Source, read

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("[!.]*/README.md")]
WITH_PYTHON = ["python.md", "pipeline.md", "models.md"]


def blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page have on GitHub."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(page: str, heading: str) -> str:
    """Return what stands under a heading."""
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", (DOCS / page).read_text(), re.DOTALL | re.MULTILINE
    )
    assert found, heading
    return found[1]


def test_generated_parts_are_up_to_date() -> None:
    command = [sys.executable, str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## newsparse {command}\n" in (DOCS / "cli.md").read_text()
    assert f"`newsparse {command}`" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!\w+:)([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8")):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), f"{target}#{anchor}"


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_python_examples_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for code in blocks(DOCS / page, "python"):
        exec(compile(code, page, "exec"), names)


def test_every_python_example_is_run() -> None:
    assert {page.name for page in DOCS.rglob("*.md") if blocks(page, "python")} == set(WITH_PYTHON)


@pytest.mark.parametrize(("heading", "keys"), [("Event types", frames._TYPE_KEYS), ("Triggers", frames._TRIGGER_KEYS)])
def test_every_key_of_rules_is_documented(heading: str, keys: frozenset[str]) -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", section("rules.md", heading), re.MULTILINE)) == keys


@pytest.mark.parametrize("text", blocks(DOCS / "rules.md", "yaml"))
def test_example_rules_load(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    rules = load_event_rules((path,))
    named = re.findall(r"# .*?(\w+\.\w+/\S+)$", text, re.MULTILINE)
    assert set(named) <= {rule.id for lemma in rules.triggers.values() for rule in lemma}


def test_example_rule_file_is_the_one_on_the_page() -> None:
    assert (DOCS / "examples" / "evictions.yaml").read_text().endswith(blocks(DOCS / "rules.md", "yaml")[0])


@pytest.fixture(scope="module")
def with_example_rules() -> Extractor:
    return Extractor(rules=[DOCS / "examples" / "evictions.yaml"])


def evictions(text: str, extractor: Extractor) -> list[dict[str, list[str]]]:
    """Return who fills which role of the events that the example rules find."""
    record = extractor.extract_one(from_text(text))
    assert isinstance(record, ArticleRecord)
    return [
        {role: [actor.text for actor in event.actors if actor.role == role] for role in ("agent", "target")}
        | {"object": [item.text for item in event.objects]}
        for event in record.events
        if event.type == "housing.evict"
    ]


@pytest.mark.parametrize(
    ("text", "agent", "target", "thing"),
    [
        ("Police evicted squatters from the flat.", "Police", "squatters", "flat"),
        ("Police removed the squatters from the flat.", "Police", "squatters", "flat"),
        ("Forty tenants were evicted by the city.", "city", "Forty tenants", None),
        ("The eviction of the families was lawful.", None, "families", None),
    ],
)
def test_example_rules_find_what_the_page_says(
    text: str, agent: str | None, target: str, thing: str | None, with_example_rules: Extractor
) -> None:
    named = {"agent": agent, "target": target, "object": thing}
    assert evictions(text, with_example_rules) == [{role: [name] if name else [] for role, name in named.items()}]


@pytest.mark.parametrize(
    "text", ["The eviction moratorium was extended until May.", "The board removed the tenant from her post."]
)
def test_example_rules_know_exceptions(text: str, with_example_rules: Extractor) -> None:
    assert evictions(text, with_example_rules) == []


def test_example_article_is_read_as_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(blocks(DOCS / "extract.md", "json")[0])
    given = json.loads(path.read_text())
    [article] = read(Source("jsonl", str(path)))
    assert isinstance(article, Article)
    assert article.text == f"{given['title']}\n\n{given['text']}"
    assert (article.id, article.extra) == (given["id"], {"desk": given["desk"]})


def test_example_failure_has_the_keys_of_failures() -> None:
    shown = json.loads(blocks(DOCS / "extract.md", "json")[1])
    assert list(shown) == list(failure_object(Failure("", "", "", "")))
    assert list(shown["error"]) == ["code", "message"]


def test_failure_codes_exist() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "newsparse").rglob("*.py"))
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", section("extract.md", "Failures"), re.MULTILINE)
    assert {stage for stage, _ in rows} == {"read", "fetch", "extract", "pipeline", "write"}
    for name in re.findall(r"`([^`]+)`", " ".join(codes for _, codes in rows)):
        assert f'"{name}' in code, name


def test_exit_codes_are_those_of_the_help() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", section("extract.md", "Failures"), re.MULTILINE)
    assert tuple(rows) == EXIT_CODES


def test_codebook_knows_every_status_role_and_entity_type() -> None:
    tables = section("codebook.md", "Status") + section("codebook.md", "Entities")
    named = set(re.findall(r"^\| `(\w+)` \|", tables, re.MULTILINE))
    assert named == STATUSES | ENTITY_TYPES
    assert all(f"`{role}`" in section("rules.md", "Event types") for role in ROLES)


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_is_documented(component: str) -> None:
    import_module(f"newsparse.pipeline.{component.removeprefix('newsparse_')}.component")
    row = re.search(rf"^\| `{component}` \|.*\|(.*)\|$", (DOCS / "pipeline.md").read_text(), re.MULTILINE)
    assert row
    assert re.findall(r"`(\w+)`", row[1]) == list(English.get_factory_meta(component).default_config or {})


def test_every_dependency_has_its_reason() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = setup["options"]["install_requires"] + "".join(setup["options.extras_require"].values())
    required = {re.split(r"[<>=\[; ]", line)[0] for line in listed.split("\n") if line}
    rows = re.findall(r"^\| ([\w ,-]+) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    assert required <= {name for row in rows for name in row.split(", ")}


def test_versions_agree() -> None:
    assert f"\nversion: {newsparse.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"\n## [{newsparse.__version__}]" in (ROOT / "CHANGELOG.md").read_text()
