from __future__ import annotations

from collections import Counter

import httpx

from api.answers.query_models import NamesOut, QuestionsOut, SchemaOut
from ontology.schema import questions
from ontology.terms import CLASSES, PROPERTIES


def test_the_schema_names_every_term_and_every_prefix_that_the_questions_use(server: str) -> None:
    held = SchemaOut.model_validate_json(httpx.get(f"{server}/api/v1/schema").content)
    assert {one.name for one in held.classes} == CLASSES.keys()
    assert {one.name for one in held.properties} >= PROPERTIES.keys()
    works_on = next(one for one in held.properties if one.name == "worksOn")
    assert (works_on.sv, works_on.object, works_on.range) == ("arbetar med", True, list(PROPERTIES["worksOn"].range))
    assert held.prefixes["id"] == f"{held.base}id/"
    assert {one.slug for one in held.concepts["tech"]} >= {"batteries", "wind-power"}
    for question in questions():
        used = [line.split() for line in question.sparql.splitlines() if line.startswith("PREFIX ")]
        for _, prefix, iri in used:
            if prefix not in ("schema:", "status:"):
                assert held.prefixes[prefix.rstrip(":")] == iri.strip("<>"), (question.id, prefix)


def test_the_gallery_has_every_question_and_what_may_be_changed_in_it(server: str) -> None:
    held = QuestionsOut.model_validate_json(httpx.get(f"{server}/api/v1/questions").content)
    assert [one.id for one in held.questions] == [one.id for one in questions()]
    declared = Counter(len(one.parameters) for one in held.questions)
    assert declared[0] <= 12  # those that ask about the whole map
    area = next(one for one in held.questions if one.id == "CQ03").parameters
    assert [(one.name, one.kind, one.label.sv, one.default, one.many) for one in area] == [
        ("top", "technology", "Teknikområde", ["tech/energy-generation", "tech/energy-storage"], True)
    ]


def test_names_of_things_come_by_key_and_unknown_keys_are_left_out(server: str) -> None:
    asked = {"key": ["kth", "tech/batteries", "place/se-ab", "nobody-at-all"]}
    held = NamesOut.model_validate_json(httpx.get(f"{server}/api/v1/names", params=asked).content)
    assert held.names.keys() == {"kth", "tech/batteries", "place/se-ab"}
    assert held.names["place/se-ab"].path == "/place/se-ab"
    assert held.names["kth"].name.en == "KTH Royal Institute of Technology"


def test_too_many_names_and_unknown_parameters_are_refused(server: str) -> None:
    many = httpx.get(f"{server}/api/v1/names", params={"key": list(range(201))})
    assert (many.status_code, many.json()["parameter"]) == (400, "key")
    assert httpx.get(f"{server}/api/v1/schema?lang=sv").status_code == 400
    for path in ("schema", "questions", "names?key=kth"):
        first = httpx.get(f"{server}/api/v1/{path}")
        again = httpx.get(f"{server}/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304


def test_the_pages_are_there(server: str) -> None:
    for path in ("/query", "/query/build"):
        assert httpx.get(server + path).headers["Content-Type"].startswith("text/html")
