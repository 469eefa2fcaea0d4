"""Do queries and updates give what the suite expects, and is what is no SPARQL refused?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import RdfFormat, parse

from tests.contract import tables
from tests.contract.facts import Facts, text_of
from tests.contract.graphs import isomorphic, read
from tests.contract.service import NTRIPLES, Service
from tests.contract.suite import Case, Dataset, File
from tests.contract.tables import Outcome, difference, same

_READERS: Final[Mapping[str, tuple[str, Callable[[bytes], Outcome]]]] = {
    ".srj": ("application/sparql-results+json", tables.from_json),
    ".srx": ("application/sparql-results+xml", tables.from_xml),
    ".tsv": ("text/tab-separated-values", tables.from_tsv),
    ".csv": ("text/csv", tables.from_csv),
}
_TABLES: Final = (".srj", ".srx")
_GRAPHS: Final = ("text/turtle", "application/rdf+xml")
_NAMES: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def evaluate_query(case: Case, service: Service) -> None:
    """The answer is the expected one, as JSON, as XML and in the format of the expected file."""
    service.hold(case.dataset(case.action))
    file = case.file(QUERY)
    query = _based(file)
    expected = File(text_of(case.result or case.node))
    suffix = expected.path.suffix
    if suffix in _READERS:
        wanted = _READERS[suffix][1](expected.path.read_bytes())
        _same_tables(service, query, wanted, dict.fromkeys((*_TABLES, suffix)))
        return
    table = tables.from_graph(Facts(expected.path, expected.iri)) if suffix == ".ttl" else None
    if table is not None:
        _same_tables(service, query, table, dict.fromkeys(_TABLES))
        return
    form = RdfFormat.from_extension(suffix[1:])
    graph = list(parse(path=expected.path, format=form, base_iri=expected.iri))
    for media in _GRAPHS:
        answer = _answered(service, query, media)
        assert isomorphic(graph, read(answer, media)), f"as {media}: {answer.decode()}"


def evaluate_csv(case: Case, service: Service) -> None:
    """The answer as CSV is the expected one: values as text, without their types."""
    service.hold(case.dataset(case.action))
    expected = File(text_of(case.result or case.node)).path
    _same_tables(service, _based(case.file(QUERY)), tables.from_csv(expected.read_bytes()), {".csv": None})


def evaluate_update(case: Case, service: Service) -> None:
    """Afterwards the store holds the expected graphs and no other triple."""
    service.hold(case.dataset(case.action))
    answer = service.change(_based(case.file(REQUEST)))
    assert answer.is_success, f"{answer.status_code}: {answer.text}"
    expected = case.dataset(case.result)
    for name in [None, *_names(service, expected)]:
        files = expected.default if name is None else [file for graph, file in expected.named if graph == name]
        wanted = [quad for file in files for quad in parse(path=file.path, base_iri=file.iri)]
        found = service.graph(name)
        assert isomorphic(wanted, read(found, NTRIPLES)), f"{name or 'default graph'}: {found.decode()}"


def accept_query(case: Case, service: Service) -> None:
    """The query is understood; whether it may be asked here is another matter."""
    service.hold(Dataset())
    answer = service.ask(case.file(QUERY).text(), "*/*")
    assert answer.status_code < 500, answer.text
    assert answer.status_code != 400, answer.text


def refuse_query(case: Case, service: Service) -> None:
    """What is no query is a bad request."""
    service.hold(Dataset())
    answer = service.ask(case.file(QUERY).text(), "*/*")
    assert answer.status_code == 400, f"{answer.status_code}: {answer.text}"


def accept_update(case: Case, service: Service) -> None:
    """The update is understood; whether it may be done here (LOAD) is another matter."""
    answer = service.change(case.file(REQUEST).text())
    assert answer.status_code < 500, answer.text
    assert answer.status_code != 400, answer.text


def refuse_update(case: Case, service: Service) -> None:
    """What is no update is a bad request."""
    answer = service.change(case.file(REQUEST, QUERY).text())
    assert answer.status_code == 400, f"{answer.status_code}: {answer.text}"


QUERY: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#query"
REQUEST: Final = "http://www.w3.org/2009/sparql/tests/test-update#request"


def _based(file: File) -> str:
    return f"BASE <{file.iri}>\n{file.text()}"


def _same_tables(service: Service, query: str, expected: Outcome, suffixes: Mapping[str, None]) -> None:
    ordered = re.search(r"\bORDER\s+BY\b", query.rpartition("}")[2], re.IGNORECASE) is not None
    for suffix in suffixes:
        media, reader = _READERS[suffix]
        answer = _answered(service, query, media)
        found = reader(answer)
        assert same(found, expected, ordered=ordered), f"as {media}: {difference(found, expected)}"


def _answered(service: Service, query: str, media: str) -> bytes:
    answer = service.ask(query, media)
    assert answer.is_success, f"{answer.status_code}: {answer.text}"
    assert answer.headers["content-type"].partition(";")[0] == media
    return answer.content


def _names(service: Service, expected: Dataset) -> list[str]:
    found = tables.from_json(_answered(service, _NAMES, "application/sparql-results+json"))
    assert not isinstance(found, bool)
    here = {text_of(row["g"]) for row in found.rows}
    return sorted(here | {name for name, _ in expected.named})
