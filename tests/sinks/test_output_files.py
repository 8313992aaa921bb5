"""Files that appear whole or not at all."""

from __future__ import annotations

import gzip
import os
import stat
import threading
from pathlib import Path

import pytest

from newsparse.errors import OutputError
from newsparse.sinks import open_output


def write_half(target: Path, error: type[BaseException]) -> None:
    with open_output(str(target), force=True) as stream:
        stream.write("half")
        raise error


def test_appears_at_the_end_only(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with open_output(str(target)) as stream:
        stream.write("é\n")
        stream.flush()
        assert not target.exists()
    assert target.read_bytes() == "é\n".encode()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_error_leaves_nothing(name: str, error: type[BaseException], tmp_path: Path) -> None:
    with pytest.raises(error):
        write_half(tmp_path / name, error)
    assert list(tmp_path.iterdir()) == []


def test_error_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(ValueError):  # noqa: PT011  # it has no message
        write_half(target, ValueError)
    assert target.read_text() == "old"


def test_existing_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.touch()
    with pytest.raises(OutputError, match="exists already; --force"), open_output(str(target)):
        pass


@pytest.mark.parametrize(("name", "message"), [(".", "is a folder"), ("missing/out.jsonl", "No such file")])
def test_cannot_be_written(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=message), open_output(str(tmp_path / name), force=True):
        pass


def test_compressed_by_name(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl.gz"
    with open_output(str(target)) as stream:
        stream.write("a\n" * 1000)
    assert gzip.decompress(target.read_bytes()) == b"a\n" * 1000
    assert target.read_bytes()[3:8] == bytes(5), "neither name nor time in the header"


def test_mode_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with open_output(str(tmp_path / "out")):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o640


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with open_output(str(tmp_path / "link"), force=True) as stream:
        stream.write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_device_is_written_to_and_not_replaced() -> None:
    with open_output(os.devnull) as stream:
        stream.write("x")
    assert Path(os.devnull).is_char_device()


def test_named_pipe_is_written_to(tmp_path: Path) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(target.read_text()))
    reader.start()
    with open_output(str(target)) as stream:
        stream.write("x\n")
    reader.join()
    assert read == ["x\n"]
    assert target.is_fifo()


def test_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    with open_output("-") as stream:
        stream.write("x\n")
    assert capsys.readouterr().out == "x\n"
