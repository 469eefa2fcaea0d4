"""Rows of Swecris in the true form, with invented grants and organisations."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from graph.generation import DataFolder
from graph.node import Node
from ingest.lastrun import read_last
from ingest.run import ingest
from ingest.sources.swecris.rows import COLUMNS


def number(nine: str) -> str:
    """The organisation number with these nine digits and its check digit."""
    total = sum(
        divmod(int(digit) * (2 - place % 2), 10)[0] + int(digit) * (2 - place % 2) % 10
        for place, digit in enumerate(nine)
    )
    return f"{nine[:6]}-{nine[6:]}{-total % 10}"


AGENCY, FOUNDATION = number("202199901"), "802012-1276"  # the foundation that repeats grants is told by its true number
UNIVERSITY, COMPANY = number("202199902"), number("556999903")
PERSON = "640823-3234"  # the example of the tax agency


def row(project: str = "2031-00001_Vindfond", **cells: str) -> dict[str, str]:
    return {
        "projectId": project,
        "projectTitleSv": "Vind över\r\nhavet ",
        "projectTitleEn": "Wind over the sea",
        "projectAbstractSv": "Syfte och mål:\r\n<p>Att m&auml;ta vind.</p>\r\n\r\nUpplägg och genomförande:\r\n",
        "projectAbstractEn": "Purpose and goal:\r\n\r\n\r\nExpected results and effects:\r\n\r\n\r\nApproach and implementation:\r\n",
        "projectStartDate": "2031-01-01",
        "projectEndDate": "2033-12-31",
        "coordinatingOrganisationId": UNIVERSITY,
        "coordinatingOrganisationNameSv": "Havsuniversitetet",
        "coordinatingOrganisationNameEn": "University of the Sea ",
        "coordinatingOrganisationTypeOfOrganisationSv": "Universitet",
        "coordinatingOrganisationTypeOfOrganisationEn": "University",
        "fundingOrganisationId": AGENCY,
        "fundingOrganisationNameSv": "Vindmyndigheten",
        "fundingOrganisationNameEn": "Wind Agency",
        "fundingOrganisationTypeOfOrganisationSv": "Stat, regioner, kommuner, församlingar",
        "fundingOrganisationTypeOfOrganisationEn": "Governmental",
        "fundingsSek": "1500000.0",
        "fundingYear": "2031.0",
        "fundingStartDate": "2031-01-01 12:00:00",
        "fundingEndDate": "2033",
        "typeOfAwardId": "1.0",
        "typeOfAwardDescrSv": "Projektbidrag",
        "typeOfAwardDescrEn": "Project grant",
        "updatedDate": "",
        "loadedDate": "05/15/2032 23:44:59",
        "scbs": "¤¤¤ 2: Teknik, Engineering and Technology, 299: Vindlära, Wind Studies ¤¤¤ 9: Oklassificerat, Unclassified",
        **cells,
    }


def repeated(project: str = "2031-00001_RJ", **cells: str) -> dict[str, str]:
    """The same grant again, credited to the foundation."""
    said = {
        "fundingOrganisationId": FOUNDATION,
        "fundingOrganisationNameSv": "Stiftelsen",
        "fundingOrganisationNameEn": "The Foundation",
        "fundingOrganisationTypeOfOrganisationSv": "Ideella föreningar och stiftelser",
        "fundingOrganisationTypeOfOrganisationEn": "Non profits & Foundations",
        "loadedDate": "01/01/2031 00:00:00",
    }
    return row(project, **said, **cells)


def table(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def nodes_of(tmp_path: Path, raw: bytes) -> dict[str, Node]:
    """What the file gives, by key, after a whole run."""
    data = DataFolder(tmp_path / "var")
    ingest(data, "swecris", write(tmp_path / "swecris.csv", raw))
    last = read_last(data, "swecris")
    assert last is not None
    return {node.key: node for node in last.said.nodes}
