"""What is wrong with a data folder is said in words that help, without the names of files inside it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from graph.errors import DataFolderError
from graph.generation import DataFolder


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EDQUOT, "the disk is full; free some space"),
        (errno.EROFS, "is read-only; choose another with --data or mend its rights"),
        (errno.EACCES, "is read-only; choose another with --data or mend its rights"),
        (errno.ENOTDIR, "is not a folder; name another with --data"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_a_failed_write_says_what_to_do(tmp_path: Path, number: int, words: str) -> None:
    error = OSError(number, os.strerror(number), str(tmp_path / "generations" / "1"))
    with pytest.raises(DataFolderError) as caught, DataFolder(tmp_path).writing():
        raise error
    assert words in str(caught.value)
    assert "generations" not in str(caught.value)
    assert caught.value.__cause__ is error


def test_a_file_is_no_data_folder_and_nothing_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(DataFolderError, match="is not a folder"):
            DataFolder(path).check()
        with pytest.raises(DataFolderError, match="is not a folder"), DataFolder(path).lock():
            pass
    DataFolder(tmp_path / "nothing").check()
    assert not (tmp_path / "nothing").exists()


def test_a_pointer_that_holds_no_number(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("seven")
    with pytest.raises(DataFolderError, match="delete it and ingest again"):
        DataFolder(tmp_path).current()
