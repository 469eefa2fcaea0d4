"""The true files, read in place: every record is used, left out for a reason that is counted, or rejected."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.node import Ref
from ingest.registry import load
from tests.ingest.ror.test_resume import Read

REAL = Path(__file__).parents[4] / "shared" / "data" / "ror"
FILES = (REAL / "ror_v2_latest.ndjson.gz", REAL / "ror_v1only_latest.ndjson.gz")


@pytest.mark.slow
@pytest.mark.skipif(not all(path.is_file() for path in FILES), reason="needs ../shared/data/ror")
def test_both_files_in_one_run() -> None:
    read = Read(FILES, {})
    assert read.rejected == []
    organisations = [record for record in read.records if record.table != "geonames"]
    withdrawn = 190 + 1184
    assert len(organisations) == 35_990 + 15_380 - withdrawn
    source = load("ror")
    nodes = {node.key: node for record in read.records for node in source.map(record)}
    assert Counter(node.kind for node in nodes.values())["ChangeEvent"] > 1000
    known = nodes.keys()
    assert all(key in known for node in nodes.values() for _, key in node.refs())
    kth = nodes["ror:026vcq606"]
    assert kth.kind == "HigherEducationInstitution"
    assert "KTH" in kth.values["acronym"]
    former = [key for node in nodes.values() for key in node.values.get("formerKey", [])]
    assert len(former) == len(set(former)) > 600
    assert not known & set(former)
    assert Ref("place/stockholm") in [value for node in nodes.values() for value in node.values.get("place", [])]
