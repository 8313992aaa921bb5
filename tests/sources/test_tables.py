from __future__ import annotations

import gzip
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from newsparse.article import Article
from newsparse.sources import ReadOptions, csv, jsonl, parquet, zipped
from newsparse.sources.base import Extent

TEXT = "This is what {} did in the town of theirs."
OPTIONS = ReadOptions()


def found(module: ModuleType, path: Path, options: ReadOptions = OPTIONS, extent: Extent | None = None) -> list[str]:
    """The id of each article, the place and code of each failure."""
    items = [entry.make() for entry in module.entries(extent or Extent(str(path)), options, Counter())]
    return [item.id if isinstance(item, Article) else f"{item.source[len(str(path)) :]} {item.code}" for item in items]


def table(delimiter: str = ",") -> str:
    rows = [f'a{n}{delimiter}"{TEXT.format(n)}\nAnd more."{delimiter}desk {n}' for n in range(6)]
    return "\r\n".join([delimiter.join(("id", "text", "desk")), *rows, ""])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv(delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table(delimiter).encode(encoding))
    articles = list(csv.read(str(path), OPTIONS))
    assert all(isinstance(article, Article) for article in articles)
    assert [(article.id, article.extra) for article in articles if isinstance(article, Article)] == [
        (f"a{n}", {"desk": f"desk {n}"}) for n in range(6)
    ]


def test_columns_of_other_names(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"link,body,text\nhttps://courier.example/a,{TEXT},a teaser\n")
    (article,) = csv.read(str(path), ReadOptions(text_field="body", url_field="link"))
    assert isinstance(article, Article)
    assert (article.body, article.url, article.extra) == (TEXT, "https://courier.example/a", {})


def test_odd_rows_of_csv(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [b"a1," + TEXT.encode(), b"a2,x,y,z", b"a3", b"a4,\xff\x00 " + TEXT.encode(), b'a5,"never closed']
    path.write_bytes(b"\n".join([b"id,text", *rows]))
    assert found(csv, path) == ["a1", ":3 bad-csv", ":4 no-text", "a4", "a5"]


def test_long_values_of_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "MAX_FIELD", 1000)
    path = tmp_path / "table.csv"
    path.write_text(f"id,text\na1,{'x' * 2_000}\na2,{TEXT}\n")
    assert found(csv, path) == [":2 bad-csv", "a2"]


JSONL = "".join(f'{{"id": "a{n}", "text": "{TEXT.format(n)}"}}\n' for n in range(6))


@pytest.mark.parametrize(
    ("module", "name", "data", "ids"),
    [
        (csv, "table.csv", table().encode(), 6),
        (csv, "table.csv.gz", gzip.compress(table().encode()), 6),
        (jsonl, "articles.jsonl", JSONL.encode(), 6),
        (jsonl, "articles.jsonl", JSONL.encode().rstrip(), 6),
        (jsonl, "articles.jsonl", b"\n\n" + JSONL.encode().replace(b"\n", b"\r\n\n"), 6),
        (jsonl, "articles.jsonl.gz", gzip.compress(JSONL.encode()), 6),
        (jsonl, "articles.jsonl.gz", gzip.compress(JSONL.encode(), 0)[:-100], 4),
    ],
)
@pytest.mark.parametrize("target", [1, 70, 150, 10_000])
def test_ranges_together_are_the_file(
    module: ModuleType, name: str, data: bytes, ids: int, target: int, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    extents = list(module.cut(str(path), target))
    pieces = [item for extent in extents for item in found(module, path, extent=extent)]
    assert pieces == found(module, path)
    assert [item for item in pieces if item.startswith("a")] == [f"a{n}" for n in range(ids)]
    assert (len(extents) > 1) == (target < 1000)


@pytest.fixture
def columns() -> Callable[[Path], None]:
    """Write a Parquet file of six rows in groups of two."""
    arrow = pytest.importorskip("pyarrow")  # too large for what is installed for every developer
    from pyarrow import parquet as files

    def write(path: Path) -> None:
        values = {
            "id": [f"a{n}" for n in range(6)],
            "text": [TEXT.format(n) for n in range(6)],
            "published": [date(2020, 1, n + 1) for n in range(6)],
            "score": [float("nan")] * 6,
        }
        files.write_table(arrow.table(values), path, row_group_size=2)

    return write


@pytest.mark.parametrize("target", [1, 100, 200, 100_000])
def test_parquet(target: int, columns: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    columns(path)
    (first, *_) = parquet.read(str(path), OPTIONS)
    assert isinstance(first, Article)
    assert (first.published, first.extra) == ("2020-01-01", {"score": None})
    extents = list(parquet.cut(str(path), target))
    assert [item for extent in extents for item in found(parquet, path, extent=extent)] == [f"a{n}" for n in range(6)]
    path.write_bytes(path.read_bytes()[:-20])
    assert found(parquet, path) == [" bad-parquet"]


def test_zip(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/one.txt", TEXT.format(1))
        archive.writestr("a/two.html", f"<p>{TEXT.format(2) * 5}</p>")
        archive.writestr("__MACOSX/._two.html", "\0")
        archive.writestr("three.txt", TEXT.format(3))
        archive.writestr("picture.png", "")
    extents = list(zipped.cut(str(path), 30))
    skipped: Counter[str] = Counter()
    entries = [entry for extent in extents for entry in list(zipped.entries(extent, OPTIONS, skipped))]
    assert [entry.place for entry in entries] == [f"{path}:{name}" for name in ("b/one.txt", "a/two.html", "three.txt")]
    assert skipped == {"other-file": 2}
    assert len(extents) > 1


def test_damaged_zip(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", TEXT.format(number))
    path.write_bytes(data.getvalue().replace(b"what 1", b"what X"))
    items = [entry.make() for entry in zipped.entries(Extent(str(path)), OPTIONS, Counter())]
    assert [isinstance(item, Article) or item.code for item in items] == [True, "bad-zip", True]
    path.write_bytes(data.getvalue()[:-30])
    assert found(zipped, path) == [" bad-zip"]
