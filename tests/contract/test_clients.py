"""The page about asking works as it is written, and so do the usual clients."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final
from xml.dom.minidom import Document

import pytest
from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.query import ResultRow
from SPARQLWrapper import CSV, GET, JSON, POST, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

from tests.contract.service import Service

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "how-to" / "query.md"
EXAMPLES: Final = re.findall(r"```(sh|python)\n(.*?)```\n\n```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
ASKING: Final = [example for example in EXAMPLES if "KEY" not in example[1]]
WRITING: Final = [example for example in EXAMPLES if "KEY" in example[1]]
NAMES: Final = (
    "SELECT ?name WHERE { <https://w3id.org/cleantech-kg/id/kth> <https://w3id.org/cleantech-kg/ns#name> ?name }"
)
KTH: Final = {"KTH Royal Institute of Technology", "Kungliga Tekniska högskolan"}
S, P, G = (URIRef(f"https://example.org/{name}") for name in "spg")


def _run(language: str, code: str, **environment: str) -> str:
    if language == "sh" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = [sys.executable, "-W", "error", "-c"] if language == "python" else ["bash", "-euo", "pipefail", "-c"]
    done = subprocess.run(
        [*command, code], capture_output=True, text=True, timeout=60, cwd=ROOT, env=os.environ | environment
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_the_page_has_examples_of_both_sorts() -> None:
    assert {len(ASKING) > 5, len(WRITING) > 1} == {True}
    assert PAGE.read_text("utf-8").count("```text") == len(EXAMPLES)


@pytest.mark.parametrize(("language", "code", "printed"), ASKING)
def test_an_example_of_asking_prints_what_the_page_says(server: str, language: str, code: str, printed: str) -> None:
    assert _run(language, code.replace("http://127.0.0.1:8000", server)) == printed.strip()


@pytest.mark.parametrize(("language", "code", "printed"), WRITING)
def test_an_example_of_writing_prints_what_the_page_says(
    service: Service, language: str, code: str, printed: str
) -> None:
    service.change("DROP ALL").raise_for_status()
    address = service.query.removesuffix("/sparql")
    assert _run(language, code.replace("http://127.0.0.1:8001", address), KEY=_key(service)) == printed.strip()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_tables(server: str, method: str, form: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setMethod(method)
    client.setReturnFormat(form)
    client.setQuery(NAMES)
    answer = client.queryAndConvert()
    if isinstance(answer, Document):
        text = answer.toxml()
    else:
        text = answer.decode() if isinstance(answer, bytes) else str(answer)
    assert all(name in text for name in KTH)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper's own use of rdflib
@pytest.mark.parametrize("form", [TURTLE, RDFXML])
def test_sparqlwrapper_reads_graphs(server: str, form: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=form)
    client.setQuery(NAMES.replace("SELECT ?name", "CONSTRUCT"))
    answer = client.queryAndConvert()
    if isinstance(answer, Graph):
        graph = answer
    else:
        assert isinstance(answer, bytes)
        graph = Graph().parse(data=answer, format="turtle")
    assert {str(name) for name in graph.objects()} == KTH


def test_sparqlwrapper_writes(service: Service) -> None:
    service.change("DROP ALL").raise_for_status()
    client = SPARQLWrapper(service.query, service.update)
    client.addCustomHttpHeader("Authorization", f"Bearer {_key(service)}")
    client.setMethod(POST)
    client.setRequestMethod(URLENCODED)
    client.setQuery(f"INSERT DATA {{ {S.n3()} {P.n3()} 1 }}")
    client.query()
    assert b"XMLSchema#integer" in service.graph(None)


def test_rdflib_asks_the_service_like_a_graph_of_its_own(server: str) -> None:
    graph = Graph(SPARQLStore(f"{server}/sparql"))
    kth = URIRef("https://w3id.org/cleantech-kg/id/kth")
    assert _names(graph) == KTH
    assert {str(name) for name in graph.objects(kth, URIRef("https://w3id.org/cleantech-kg/ns#name"))} == KTH
    assert len(graph.query(NAMES.replace("SELECT ?name", "CONSTRUCT"))) == len(KTH)
    assert len(graph) > 1000


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_by_every_method(server: str, method: str) -> None:
    graph = Graph(SPARQLStore(f"{server}/sparql", method=method, returnFormat="json"))
    assert _names(graph) == KTH


def test_rdflib_writes_graphs(service: Service) -> None:
    service.change("DROP ALL").raise_for_status()
    store = SPARQLUpdateStore(service.query, service.update, headers={"Authorization": f"Bearer {_key(service)}"})
    data = Dataset(store)
    graph = data.graph(G)
    graph.add((S, P, Literal("räksmörgås", lang="sv")))
    graph.add((S, P, Literal("3.50", datatype=XSD.string)))
    assert {str(said) for said in graph.objects(S, P)} == {"räksmörgås", "3.50"}
    graph.remove((S, P, Literal("3.50", datatype=XSD.string)))
    assert [str(said) for said in graph.objects(S, P)] == ["räksmörgås"]
    graph.update("DELETE { ?s ?p ?o } INSERT { ?o_ ?p 2 } WHERE { ?s ?p ?o BIND (<https://example.org/other> AS ?o_) }")
    assert b"https://example.org/other" in service.graph(str(G))
    data.remove_graph(graph)
    assert service.graph(str(G)) == b""


def _names(graph: Graph) -> set[str]:
    return {str(row["name"]) for row in graph.query(NAMES) if isinstance(row, ResultRow)}


def _key(service: Service) -> str:
    return str(service.client.headers["authorization"]).removeprefix("Bearer ")
