"""Records of ROR in the true form of both schemas, with invented organisations."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from graph.generation import DataFolder
from graph.node import Node
from ingest.lastrun import read_last
from ingest.run import ingest

Json: TypeAlias = dict[str, Any]

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
UPPSALA = {
    "geonames_details": {
        "continent_code": "EU",
        "continent_name": "Europe",
        "country_code": "SE",
        "country_name": "Sweden",
        "country_subdivision_code": "C",
        "country_subdivision_name": "Uppsala County",
        "lat": 59.85882,
        "lng": 17.63889,
        "name": "Uppsala",
    },
    "geonames_id": 2666199,
}
HAMLET = {
    "geonames_details": {"country_code": "SE", "country_name": "Sweden", "country_subdivision_code": "AB",
                         "lat": 59.5, "lng": 18.25, "name": "Vindby"},
    "geonames_id": 99999999,
}  # fmt: skip


def ror(letters: str) -> str:
    """The nine characters with these six in the middle and the check digits that belong to them."""
    number = 0
    for letter in letters:
        number = number * 32 + _LETTERS.index(letter)
    return f"0{letters}{98 - (number * 100) % 97:02}"


WIND, SUN, SEA, OLD = ror("vvvvv1"), ror("sssss2"), ror("hhhhh3"), ror("rrrrr4")


def address(number: str) -> str:
    return f"https://ror.org/{number}"


def relation(kind: str, number: str) -> Json:
    return {"type": kind, "label": "Någon", "id": address(number)}


def two(number: str = WIND, **said: object) -> Json:
    """A record of schema 2."""
    return {
        "admin": {
            "created": {"date": "2020-01-02", "schema_version": "1.0"},
            "last_modified": {"date": "2026-03-04", "schema_version": "2.1"},
        },
        "domains": ["vind.example"],
        "established": 1987,
        "external_ids": [
            {"all": ["501100099999", "501100088888"], "preferred": "501100099999", "type": "fundref"},
            {"all": ["grid.99999.a"], "preferred": "grid.99999.a", "type": "grid"},
            {"all": ["0000 0001 2345 678X"], "preferred": None, "type": "isni"},
            {"all": ["Q999999991", "Q999999992"], "preferred": "Q999999992", "type": "wikidata"},
        ],
        "id": address(number),
        "links": [
            {"type": "website", "value": "https://vind.example/"},
            {"type": "wikipedia", "value": "https://sv.wikipedia.example/wiki/Vind"},
        ],
        "locations": [UPPSALA],
        "names": [
            {"lang": None, "types": ["label", "ror_display"], "value": "Vindinstitutet"},
            {"lang": "en", "types": ["label"], "value": "Institute of  Wind"},
            {"lang": "en", "types": ["alias"], "value": "Wind Institute"},
            {"lang": None, "types": ["acronym"], "value": "VI"},
            {"lang": None, "types": ["acronym"], "value": "Vind, Is och Allt Annat"},
        ],
        "relationships": [],
        "status": "active",
        "types": ["facility"],
        **said,
    }


def one(number: str = WIND, **said: object) -> Json:
    """The same record in schema 1."""
    return {
        "id": address(number),
        "name": "Vindinstitutet",
        "email_address": None,
        "ip_addresses": [],
        "established": 1987,
        "types": ["Facility"],
        "relationships": [],
        "addresses": [
            {
                "lat": 59.85882,
                "lng": 17.63889,
                "state": None,
                "state_code": None,
                "city": "Uppsala",
                "geonames_city": {
                    "id": 2666199,
                    "city": "Uppsala",
                    "geonames_admin1": {"name": "Uppsala", "id": 2666218, "ascii_name": "Uppsala", "code": "SE.21"},
                },
                "postcode": None,
                "primary": False,
                "line": None,
                "country_geonames_id": 2661886,
            }
        ],
        "links": ["https://vind.example/"],
        "aliases": ["Wind Institute"],
        "acronyms": ["VI", "Vind, Is och Allt Annat"],
        "status": "active",
        "wikipedia_url": "https://sv.wikipedia.example/wiki/Vind",
        "labels": [{"label": "Institute of Wind", "iso639": "en"}],
        "country": {"country_name": "Sweden", "country_code": "SE"},
        "external_ids": {
            "ISNI": {"preferred": None, "all": ["0000 0001 2345 678X"]},
            "Wikidata": {"preferred": "Q999999992", "all": ["Q999999991", "Q999999992"]},
            "GRID": {"preferred": "grid.99999.a", "all": "grid.99999.a"},
            "FundRef": {"preferred": "501100099999", "all": ["501100099999", "501100088888"]},
        },
        **said,
    }


def lines(*records: Mapping[str, object] | Sequence[Mapping[str, object]] | str) -> bytes:
    """JSON lines; text stands as it is."""
    return "".join(
        f"{record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)}\n" for record in records
    ).encode("utf-8")


def packed(path: Path, *records: Mapping[str, object] | str) -> Path:
    path.write_bytes(gzip.compress(lines(*records)))
    return path


def release(**members: Sequence[Mapping[str, object]]) -> bytes:
    """The zip of a release: one indented list a file, and a table that is not read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v9.9-2026-11-20-ror-data.csv", "id,name\n")
        for name, records in members.items():
            archive.writestr(f"v9.9-2026-11-20-{name}.json", json.dumps(records, indent=4, ensure_ascii=False))
    return stream.getvalue()


def nodes_of(tmp_path: Path, *paths: Path, **options: str) -> dict[str, Node]:
    """What the files give, by key, after a whole run."""
    data = DataFolder(tmp_path / "var")
    ingest(data, "ror", paths, options=options)
    last = read_last(data, "ror")
    assert last is not None
    return {node.key: node for node in last.said.nodes}
