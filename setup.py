"""Puts the shipped spaCy pipeline into the wheel so that ``spacy.load("en_newsparse")`` finds it.

Everything declarative stands in setup.cfg. spaCy takes a name for a pipeline only if a *distribution* of that
name is installed, so the wheel carries the metadata of one beside the package.
"""

from __future__ import annotations

import json
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PIPELINE = Path(__file__).parent / "models" / "en_newsparse"


class BuildWithPipeline(build_py):
    """Builds the packages and adds the metadata of the ``en_newsparse`` distribution."""

    def run(self) -> None:
        """Build as usual, then add the metadata."""
        super().run()
        if self.editable_mode:  # a checkout installs models/ as a distribution of its own, see Makefile
            return
        meta = json.loads((PIPELINE / "meta.json").read_text(encoding="utf-8"))
        name = f"{meta['lang']}_{meta['name']}"
        folder = Path(self.build_lib) / f"{name}-{meta['version']}.egg-info"
        folder.mkdir(parents=True, exist_ok=True)
        lines = [
            "Metadata-Version: 2.1",
            f"Name: {name}",
            f"Version: {meta['version']}",
            f"Summary: {meta['description']}",
        ]
        (folder / "PKG-INFO").write_text("\n".join(lines) + "\n", encoding="utf-8")


setup(cmdclass={"build_py": BuildWithPipeline})
