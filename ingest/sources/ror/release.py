"""Which file is the newest release, from the list that Zenodo keeps."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.problem import InputError, Problem


def newest_zip(path: Path) -> str:
    """The address of the zip in the first entry of the list in `path`; InputError when the list has changed its form."""
    try:
        files = json.loads(path.read_bytes())["hits"]["hits"][0]["files"]
        zips = [file for file in files if str(file.get("key", file.get("filename", ""))).endswith(".zip")]
        links = zips[-1]["links"]
        address = links.get("self") or links["download"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        message = f"names no zip ({type(error).__name__}: {str(error)[:100]})"
        advice = "download the newest zip from https://doi.org/10.5281/zenodo.6347574 and give it with --input"
        raise InputError([Problem(path.name, None, None, None, message, advice)]) from error
    return str(address)
