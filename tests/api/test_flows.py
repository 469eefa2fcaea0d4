"""Money from level to level: each sum once, every level adds up, what is not known stays unknown."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

import httpx
import pytest

from api.answers.flows_models import FlowChoices, FlowsOut, SumsOut

CENT = 0.05


def _get(server: str, path: str, **asked: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
    return httpx.get(f"{server}/api/v1/{path}", params=asked, timeout=60)


def _flows(server: str, **asked: Any) -> FlowsOut:  # noqa: ANN401
    answer = _get(server, "flows", **asked)
    assert answer.status_code == 200, answer.text
    return FlowsOut.model_validate_json(answer.content)


def _sums(server: str, **asked: Any) -> SumsOut:  # noqa: ANN401
    answer = _get(server, "flows/sums", **asked)
    assert answer.status_code == 200, answer.text
    return SumsOut.model_validate_json(answer.content)


def _listed(server: str, query: str) -> list[dict[str, dict[str, str]]]:
    headers = {"accept": "application/sparql-results+json"}
    answer = httpx.post(f"{server}/sparql", data={"query": query}, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return rows


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"by": "funder,technology,region"},
        {"by": "instrument,country"},
        {"by": "programme,kind,recipient", "technology": "energy-storage"},
        {"region": "place/se-ab", "from": 2015, "to": 2022},
        {"funder": "energimyndigheten", "kind": "ResearchPerformer"},
    ],
)
def test_every_level_and_all_bands_between_two_add_up_to_the_total(server: str, asked: dict[str, Any]) -> None:
    found = _flows(server, **asked)
    assert found.total.eur is not None
    for level in found.by:
        stops = [stop for stop in found.stops if stop.level == level]
        assert sum(stop.eur or 0 for stop in stops) == pytest.approx(found.total.eur, abs=CENT)
        assert len(stops) <= 12 + 1
    for one, other in pairwise(found.by):
        bands = [
            band for band in found.bands if band.source.startswith(f"{one}:") and band.target.startswith(f"{other}:")
        ]
        assert sum(band.eur or 0 for band in bands) == pytest.approx(found.total.eur, abs=CENT)
    for part in (*found.stops, *found.bands):
        assert (part.eur is None) == (part.known == 0)
        assert part.equal <= (part.eur or 0) + CENT


@pytest.mark.parametrize("asked", [{}, {"funder": "energimyndigheten"}])
def test_the_store_tells_of_the_same_sums(server: str, asked: dict[str, str]) -> None:
    found = _flows(server, **asked)
    rows = _listed(server, found.sparql)
    assert len({row["sum"]["value"] for row in rows}) == len(rows) == found.total.known + found.total.silent
    assert sum("eur" in row for row in rows) == found.total.known
    if not asked:
        stated = sum(float(row["eur"]["value"]) for row in rows if "eur" in row)
        assert found.total.eur == pytest.approx(stated, abs=CENT)


def test_a_technology_brings_its_part_of_a_sum(server: str) -> None:
    """So what stands in a stop is the total of the page that the stop leads to."""
    whole = _flows(server)
    stop = next(stop for stop in whole.stops if stop.id == "technology:tech/energy-storage")
    assert _flows(server, technology="energy-storage").total == whole.total.model_copy(
        update=stop.model_dump(include={"eur", "known", "silent", "equal"})
    )


def test_behind_a_stop_and_a_band_are_their_sums_with_records(server: str) -> None:
    whole = _flows(server)
    for one in (*whole.stops[:3], whole.stops[-1]):
        held = _sums(server, pick=one.id, limit=500)
        assert (held.total, held.money.known, held.money.silent) == (one.known + one.silent, one.known, one.silent)
        assert held.money.eur == pytest.approx(one.eur, abs=CENT)
        assert len(held.rows) == held.total
        assert all(row.evidence and set(row.evidence) <= set(held.evidence) for row in held.rows)
    band = whole.bands[0]
    both = _sums(server, pick=[band.source, band.target], limit=500)
    assert sum(row.part or 0 for row in both.rows) == pytest.approx(band.eur, abs=CENT)
    assert all(row.part is None or (row.eur is not None and row.part <= row.eur + CENT) for row in both.rows)


def test_what_is_stated_of_a_round_is_not_counted_beside_it(server: str) -> None:
    """The investors of a round share its amount; nobody invests it a second time."""
    held = _sums(server, by="recipient,funder", pick="recipient:northvolt", limit=500)
    keys = {row.key for row in held.rows}
    entity = httpx.get(f"{server}/api/v1/entity/northvolt").json()
    inside = {row["key"] for row in entity["money"]["in"] if row["part_of"]}
    assert inside
    assert not inside & keys


def test_years_leave_out_and_count_what_has_no_date(server: str) -> None:
    dated = _flows(server, **{"from": 1900, "to": 2100})
    assert dated.undated > 0
    assert dated.total.known + dated.total.silent + dated.undated == _listed_count(server)


def _listed_count(server: str) -> int:
    total = _flows(server).total
    return total.known + total.silent


def test_tables_have_a_line_for_each_row(server: str) -> None:
    found = _flows(server)
    for lang, first in (("en", "from level"), ("sv", "från nivå")):
        lines = list(csv.reader(io.StringIO(_get(server, "flows.csv", lang=lang).text)))
        assert lines[0][0] == first
        assert len(lines) == len(found.bands) + 1
        assert any(line[6] == "" for line in lines[1:])  # not known is not 0
    answer = _get(server, "flows/sums.csv")
    sums = list(csv.reader(io.StringIO(answer.text)))
    assert int(answer.headers["X-Rows"]) == int(answer.headers["X-Total"]) == len(sums) - 1
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cleantech-payments.csv"'
    rest = _get(server, "flows/sums.csv", offset=len(sums) - 3)
    assert list(csv.reader(io.StringIO(rest.text)))[1:] == sums[-2:]
    assert f"{len(sums) - 2}-to-{len(sums) - 1}-of-{len(sums) - 1}.csv" in rest.headers["Content-Disposition"]
    assert len(sums) == found.total.known + found.total.silent + 1


def test_choices_lead_to_sums(server: str) -> None:
    held = FlowChoices.model_validate_json(_get(server, "flows/choices").content)
    for name, offered in (("technology", held.technology), ("region", held.region), ("kind", held.kind)):
        assert offered
        for one in (offered[0], offered[-1]):
            total = _flows(server, **{name: one.value}).total
            assert total.known + total.silent >= one.count > 0


@pytest.mark.parametrize(
    ("asked", "parameter", "near"),
    [
        ({"by": "funder"}, "by", "technology"),
        ({"by": "funder,funder"}, "by", "technology"),
        ({"by": "funder,technologie"}, "by", "technology"),
        ({"technology": "bateries"}, "technology", "batteries"),
        ({"region": "place/se-abb"}, "region", "place/se-ab"),
        ({"funder": "vinova"}, "funder", "vinnova"),
        ({"kind": "Compny"}, "kind", "Company"),
        ({"from": "2020", "to": "2010"}, "from", None),
        ({"wat": "1"}, "wat", None),
    ],
)
def test_a_wrong_question_is_refused_by_name(
    server: str, asked: dict[str, str], parameter: str, near: str | None
) -> None:
    answer = _get(server, "flows", **asked)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["parameter"] == parameter
    assert near is None or near in problem["near"]


def test_a_pick_names_a_level(server: str) -> None:
    for pick in ("energy", "region:SE", "funder:"):
        assert _get(server, "flows/sums", pick=pick).json()["parameter"] == "pick"
    assert _sums(server, pick="funder:nobody-at-all").total == 0


def test_an_answer_is_not_sent_twice(server: str) -> None:
    tag = _get(server, "flows").headers["etag"]
    assert httpx.get(f"{server}/api/v1/flows", headers={"if-none-match": tag}).status_code == 304
