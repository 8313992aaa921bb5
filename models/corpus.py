"""Our own annotated articles in marked text: ``python models/corpus.py FOLDER`` checks a folder.

The format is that of ``newsparse train``; ``docs/training.md`` tells how to write it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # those who write articles need not have newsparse installed

from newsparse.annotation.marked import read_marked
from newsparse.annotation.problems import InvalidAnnotationError


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a folder as records of the shape that ``articles.py`` reads.

    Raises:
        ValueError: a file has a mistake; the message names it.
    """
    for path in sorted(folder.rglob("*.txt")):
        try:
            yield read_marked(path.stem, path.read_text(encoding="utf-8"))
        except InvalidAnnotationError as error:
            raise ValueError(error.told(str(path))) from error


def main() -> int:
    """Check the files of a folder."""
    failures = 0
    paths = sorted(Path(sys.argv[1]).rglob("*.txt"))
    for path in paths:
        try:
            read_marked(path.stem, path.read_text(encoding="utf-8"))
        except InvalidAnnotationError as error:
            failures += 1
            print(error.told(str(path)))
        except UnicodeDecodeError as error:
            failures += 1
            print(f"{path}: {error}")
    print(f"{len(paths)} articles, {failures} with mistakes")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
