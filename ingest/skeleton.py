"""The first files of something new: a folder of own tables, or a source in the code. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path

from ingest.cells import slug
from ingest.problem import CellError, IngestError
from ingest.registry import FOLDER

TEMPLATE = FOLDER / "tabular" / "template"
_PARTS = Path(__file__).with_name("skeletons")
_ROOT = FOLDER.parents[1]


def new_tables(folder: Path) -> list[Path]:
    """Write the template of `tabular` into the folder; IngestError when one of its files is there already."""
    return _write({folder / path.name: path.read_bytes() for path in sorted(TEMPLATE.iterdir()) if path.is_file()})


def new_source(name: str, root: Path = _ROOT) -> list[Path]:
    """Write a source of that name, and its first test, into a checkout of the project; IngestError when it is none."""
    try:
        slug(name)
    except CellError as error:
        raise IngestError(f"{error.message}; {error.advice}") from error
    if not name.isidentifier() or iskeyword(name):
        raise IngestError(f"{name!r} cannot be the name of a package; use small letters and digits, a letter first")
    if not (root / "pyproject.toml").is_file() or not (root / "tests" / "ingest").is_dir():
        message = "a source in the code is added to a checkout of the project, and this is an installed package"
        raise IngestError(f"{message}; for own tables say `cleantech sources new tabular`")
    folder = root / "ingest" / "sources" / name
    if folder.exists():
        raise IngestError(f"{folder} exists; choose another name")
    places = {
        "init.py.txt": folder / "__init__.py",
        "source.toml": folder / "source.toml",
        "map.py.txt": folder / "map.py",
        "README.md": folder / "README.md",
        "testbeds.csv": folder / "data" / "testbeds.csv",
        "test.py.txt": root / "tests" / "ingest" / f"test_{name}.py",
    }
    return _write({place: _named(part, name) for part, place in places.items()})


def _named(part: str, name: str) -> bytes:
    """A part of the skeleton, in which the source is called `trial`."""
    text = (_PARTS / part).read_text("utf-8")
    return text.replace("trial", name).replace("Trial", name.capitalize()).encode("utf-8")


def _write(files: Mapping[Path, bytes]) -> list[Path]:
    for path in files:
        if path.exists():
            raise IngestError(f"{path} exists, and nothing was written; choose another folder, or move it away")
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
    except OSError as error:
        raise IngestError(f"{error.filename or path} cannot be written: {error.strerror}") from error
    return list(files)
