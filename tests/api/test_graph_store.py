from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from tests.api.writing import Desk, bare, desk

ONE = b"<s> <p> 1 ."


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("shelf")
    with desk(folder, bare(folder), CLEANTECH_BODY_BYTES="100000") as held:
        yield held


def _at(iri: str) -> str:
    return f"?graph={quote(iri, safe='')}"


def _triples(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return len(list(parse(answer.content, format=RdfFormat.TURTLE)))


def test_a_graph_is_made_replaced_added_to_and_removed(shelf: Desk) -> None:
    graph = _at("http://e/life")
    assert shelf.store("GET", graph, Accept="text/turtle").status_code == 404
    assert shelf.store("PUT", graph, ONE).status_code == 201
    assert shelf.store("PUT", graph, b"<s> <p> 2, 3 .").status_code == 204
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 2
    assert shelf.store("POST", graph, ONE).status_code == 204
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 3
    assert shelf.rows("SELECT ?s { GRAPH <http://e/life> { ?s ?p 1 } }") == [["http://e/s"]]
    head = shelf.store("HEAD", graph, Accept="text/turtle")
    assert (head.status_code, head.content) == (200, b"")
    assert shelf.store("DELETE", graph).status_code == 204
    assert shelf.store("DELETE", graph).status_code == 404
    assert shelf.store("HEAD", graph).status_code == 404


def test_an_empty_graph_is_a_graph(shelf: Desk) -> None:
    graph = _at("http://e/empty")
    assert shelf.store("PUT", graph, b"").status_code == 201
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 0
    assert shelf.store("DELETE", graph).status_code == 204


def test_the_default_graph(shelf: Desk) -> None:
    assert shelf.store("PUT", "?default", b"<http://e/d> <http://e/p> 1, 2 .").status_code == 204
    assert _triples(shelf.store("GET", "?default", Accept="text/turtle")) == 2
    assert shelf.store("DELETE", "?default").status_code == 204
    assert _triples(shelf.store("GET", "?default", Accept="text/turtle")) == 0


def test_the_address_itself_can_name_the_graph(shelf: Desk) -> None:
    assert shelf.store("PUT", "/person/1.ttl", b"<> <p> 1 .").status_code == 201
    iri = f"{shelf.url}/graph-store/person/1.ttl"
    assert shelf.rows(f"SELECT ?s {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}") == [[iri]]
    assert _triples(shelf.store("GET", "/person/1.ttl", Accept="text/turtle")) == 1
    assert _triples(shelf.store("GET", _at(iri), Accept="text/turtle")) == 1
    assert shelf.store("GET", "/person/1.ttl?default").status_code == 400


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("foo%2Fbar", "foo/bar"),
        ("%61", "a"),
        ("%3E%20%7B%7D%20%7D%20%23", "x"),
        ("a%20b", "a+b"),
        ("%C3%A5", "%c3%a5"),
        ("a%3Fb", "a"),
    ],
)
def test_an_address_names_the_graph_as_it_was_sent(shelf: Desk, name: str, other: str) -> None:
    iri = f"{shelf.url}/graph-store/{name}"
    assert shelf.store("PUT", f"/{name}", ONE).status_code == 201
    assert shelf.rows(f"SELECT ?o {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}") == [["1"]]
    assert shelf.store("GET", f"/{other}").status_code == 404
    got = shelf.store("GET", f"/{name}")
    assert got.status_code == shelf.store("GET", _at(iri)).status_code == 200
    assert shelf.store("GET", f"/{name}", If_None_Match=got.headers["etag"]).status_code == 304
    assert shelf.store("DELETE", f"/{name}").status_code == 204


def test_no_graph_is_held_that_does_not_exist(shelf: Desk) -> None:
    graph = _at("http://e/never")
    for name in (graph, "/never"):
        assert shelf.store("GET", name, If_None_Match="*").status_code == 404
        assert shelf.store("HEAD", name, If_None_Match="*").status_code == 404
    assert shelf.store("PUT", graph, ONE).status_code == 201
    assert shelf.store("GET", graph, If_None_Match="*").status_code == 304
    assert shelf.store("DELETE", graph).status_code == 204
    assert shelf.store("GET", graph, If_None_Match="*").status_code == 404


def test_a_post_to_the_store_makes_a_graph(shelf: Desk) -> None:
    made = shelf.store("POST", "", ONE)
    assert made.status_code == 201
    address = made.headers["location"]
    assert address.startswith(f"{shelf.url}/graph-store/")
    assert _triples(httpx.get(address, headers={"Accept": "text/turtle"})) == 1


BODIES = {
    "text/turtle": b"<http://e/s> <http://e/p> [ <http://e/q> 'v'@sv ] .",
    "application/n-triples": b'<http://e/s> <http://e/p> _:b .\n_:b <http://e/q> "v"@sv .\n',
    "application/rdf+xml": b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">
        <r:Description r:about="http://e/s"><e:p r:parseType="Resource"><e:q xml:lang="sv">v</e:q></e:p></r:Description>
        </r:RDF>""",
    "application/ld+json": b'{"@id": "http://e/s", "http://e/p": {"http://e/q": {"@value": "v", "@language": "sv"}}}',
}


@pytest.mark.parametrize("media", BODIES)
def test_every_format_goes_in_and_out(shelf: Desk, media: str) -> None:
    graph = _at(f"http://e/{media}")
    assert shelf.store("PUT", graph, BODIES[media], Content_Type=media).status_code == 201
    query = f"SELECT ?o {{ GRAPH <http://e/{media}> {{ <http://e/s> <http://e/p>/<http://e/q> ?o }} }}"
    assert shelf.rows(query) == [["v"]]
    answer = shelf.store("GET", graph, Accept=media)
    assert answer.headers["content-type"].partition(";")[0] == media
    form = RdfFormat.from_media_type(media)
    assert form is not None
    assert len(list(parse(answer.content, format=form))) == 2


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/n-quads", b"<http://e/s> <http://e/p> <http://e/o> <http://e/g> .", 400),
        ("application/trig", b"<http://e/g> { <http://e/s> <http://e/p> 1 }", 400),
        ("text/plain", ONE, 415),
        ("text/turtle; charset=utf-16", ONE, 415),
        ("text/turtle", b"<s> <p> \n <o", 400),
        ("text/turtle", b"<s> <p> '\xff' .", 400),
        ("application/n-triples", b"nonsense", 400),
        ("application/rdf+xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", 400),
        ("application/rdf+xml", "<!DOCTYPE x><x/>".encode("utf-16"), 400),
        ("application/rdf+xml", b"<x", 400),
        ("application/ld+json", b'{"@context": "http://127.0.0.1:1/context", "name": "x"}', 400),
        ("application/ld+json", b'{"@id": ', 400),
        ("text/turtle", b"# " + b"x" * 100_000, 413),
        ("text/turtle", b"<s> <p> " + b"(" * 20_000, 413),
    ],
)
def test_bodies_that_cannot_be_read_change_nothing(shelf: Desk, media: str, body: bytes, status: int) -> None:
    graph = _at("http://e/bad")
    answer = shelf.store("PUT", graph, body, Content_Type=media)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert shelf.store("GET", graph).status_code == 404


_ROOT = b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
_WHOLE = b'<r:Description r:about="http://e/s"><e:p>1</e:p></r:Description>'


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("application/rdf+xml", b""),
        ("application/rdf+xml", _ROOT),
        ("application/rdf+xml", _ROOT + _WHOLE),
        ("application/rdf+xml", _ROOT + _WHOLE + b"</r:RDF"),
        ("application/rdf+xml", _ROOT + _WHOLE + b"</r:RDF><x/>"),
        ("application/rdf+xml", _ROOT + _WHOLE + b"</r:RDF>\n" + _ROOT),
        ("application/rdf+xml", _ROOT + _WHOLE + b"<!-- </r:RDF>"),
        ("application/ld+json", b""),
        ("application/ld+json", b'"str"'),
        ("application/ld+json", b"null"),
        ("application/ld+json", b" 7"),
        ("application/ld+json", b'{"@id": "http://e/s", "http://e/p": 1'),
        ("text/turtle", b"<http://e/s> <http://e/p> 1 ; "),
        ("application/trig", b"{ <http://e/s> <http://e/p> 1 . "),
        ("application/n-triples", b"<http://e/s> <http://e/p>"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_half_a_document_replaces_nothing(shelf: Desk, method: str, media: str, body: bytes) -> None:
    graph = _at("http://e/whole")
    shelf.store("PUT", graph, b"<http://e/s> <http://e/p> 1, 2 .")
    answer = shelf.store(method, graph, body, Content_Type=media)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text
    assert answer.json()["line"] >= 1
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 2


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/n-quads", "application/trig"])
def test_an_empty_document_is_an_empty_graph_where_the_format_says_so(shelf: Desk, media: str) -> None:
    graph = _at("http://e/none")
    assert shelf.store("PUT", graph, b"", Content_Type=media).status_code in {201, 204}
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 0


def test_a_doctype_in_a_comment_or_in_text_is_none(shelf: Desk) -> None:
    body = _ROOT + b"<!-- <!DOCTYPE a> --><r:Description r:about='e:s'><e:p><![CDATA[<!DOCTYPE a>]]></e:p>"
    graph = _at("http://e/doctype")
    answer = shelf.store("PUT", graph, body + b"</r:Description></r:RDF>\n", Content_Type="application/rdf+xml")
    assert answer.status_code == 201, answer.text
    assert _triples(shelf.store("GET", graph, Accept="text/turtle")) == 1


def test_a_body_without_a_type_is_not_guessed(shelf: Desk) -> None:
    answer = httpx.put(
        f"{shelf.url}/graph-store{_at('http://e/untyped')}",
        content=ONE,
        headers={"Authorization": f"Bearer {shelf.key}"},
    )
    assert answer.status_code == 415
    assert answer.json()["detail"].startswith(
        "Say in Content-Type what the body is. A graph can be sent as text/turtle"
    )


def _form(*documents: tuple[str, bytes], boundary: str = "Ab1") -> bytes:
    held = b""
    for number, (head, body) in enumerate(documents):
        held += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="f{number}"\r\n{head}\r\n\r\n'.encode()
            + body
            + b"\r\n"
        )
    return held + f"--{boundary}--\r\n".encode()


FORM = "multipart/form-data; boundary=Ab1"


def test_the_documents_of_a_form_are_added_to_a_graph(shelf: Desk) -> None:
    graph = _at("http://e/form")
    texts = "\n\r\n\r--Ab é 𐍈 "
    body = _form(
        ("Content-Type: text/turtle; charset=utf-8", f'<s> <p> """{texts}""", _:b .'.encode()),
        ("Content-Type: application/n-triples", b"<http://e/s> <http://e/p> _:b ."),
        ("content-type: APPLICATION/RDF+XML", BODIES["application/rdf+xml"]),
        ("Content-Type: application/ld+json", BODIES["application/ld+json"]),
    )
    assert shelf.store("POST", graph, body, Content_Type='Multipart/Form-Data; boundary="Ab1"').status_code == 201
    query = "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?l) { GRAPH <http://e/form> { ?s ?p ?o FILTER(%s) } }"
    assert shelf.rows(query % "isLiteral(?o) && LANG(?o) = ''") == [["1", str(len(texts))]]
    assert shelf.rows(query % "isBlank(?o) && ?s = <http://e/s>") == [["4", ""]]  # each document has its own
    made = shelf.store("POST", "", _form(("Content-Type: text/turtle", ONE)), Content_Type=FORM)
    assert (made.status_code, _triples(httpx.get(made.headers["location"]))) == (201, 1)


TURTLE = ("Content-Type: text/turtle", ONE)


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        (FORM, _form(TURTLE, ("Content-Type: text/turtle", b"<s> <p>")), 400),
        (FORM, _form(TURTLE, ("Content-Type: text/plain", ONE)), 415),
        (FORM, _form(TURTLE, ("X-Type: text/turtle", ONE)), 415),
        (FORM, _form(TURTLE, ("Content-Type: application/trig", b"<g> { <s> <p> 1 }")), 400),
        (FORM, _form(TURTLE, ("Content-Type: text/turtle; charset=koi8-r", ONE)), 415),
        (FORM, _form(TURTLE, ("Content-Type: message/rfc822", b"Content-Type: text/turtle\r\n\r\n" + ONE)), 415),
        (FORM, _form(TURTLE, ("Content-Type: multipart/mixed; boundary=x", _form(TURTLE, boundary="x"))), 415),
        (FORM, _form(TURTLE, ("Content-Type: text/turtle\r\nContent-Transfer-Encoding: base64", b"PHM+")), 400),
        (FORM, _form(TURTLE, ("Content-Type: text/turtle", b"<s> <p> '\xff' .")), 400),
        (FORM, _form(TURTLE)[:-6], 400),
        (FORM, b"text " + _form(TURTLE), 400),
        (FORM, _form(TURTLE) + b"text", 400),
        (FORM, _form(), 400),
        (FORM, b"", 400),
        (FORM, _form(TURTLE, boundary="ab1"), 400),
        (FORM, _form(*[TURTLE] * 1200), 413),
        ("multipart/form-data", _form(TURTLE), 400),
        ("multipart/form-data; boundary=", _form(TURTLE), 400),
        ("multipart/mixed; boundary=Ab1", _form(TURTLE), 415),
    ],
)
def test_a_form_is_added_whole_or_not_at_all(shelf: Desk, media: str, body: bytes, status: int) -> None:
    graph = _at("http://e/badform")
    answer = shelf.store("POST", graph, body, Content_Type=media)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert shelf.store("GET", graph).status_code == 404
    assert shelf.store("PUT", graph, body, Content_Type=media).status_code == 415


def test_a_parse_error_has_its_place(shelf: Desk) -> None:
    problem = shelf.store("POST", _at("http://e/bad"), b"<s> <p> 1 .\n<s> p .").json()
    assert (problem["line"], problem["column"]) == (2, 5)


@pytest.mark.parametrize(
    "path", ["", "?graph=relative", "?graph=http://e/g&default", "?graph=http://e/a&graph=http://e/b"]
)
def test_a_graph_is_named_once(shelf: Desk, path: str) -> None:
    assert shelf.store("GET", path).status_code == 400
    assert shelf.store("PUT", path, ONE).status_code == 400
    assert shelf.store("DELETE", path).status_code == 400


def test_what_cannot_be_sent_is_406(shelf: Desk) -> None:
    assert shelf.store("GET", "?default", Accept="text/csv").status_code == 406


def test_json_ld_has_no_form_for_triple_terms(shelf: Desk) -> None:
    graph = _at("http://e/terms")
    assert shelf.store("PUT", graph, b"<s> <p> <<( <a> <b> 1 )>> .").status_code == 201
    assert shelf.store("GET", graph, Accept="text/turtle").status_code == 200
    query = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <http://e/terms> { ?s ?p ?o } }"}
    accept = {"Accept": "application/ld+json"}
    for answer in (
        shelf.store("GET", graph, **accept),
        httpx.get(f"{shelf.url}/sparql", params=query, headers=accept),
        httpx.get(f"{shelf.url}/sparql", params=query, headers=accept | {"Authorization": f"Bearer {shelf.key}"}),
    ):
        assert (answer.status_code, "text/turtle" in answer.json()["detail"]) == (406, True), answer.text


def test_ascii_is_a_part_of_utf_8(shelf: Desk) -> None:
    assert shelf.store("PUT", _at("http://e/ascii"), ONE, Content_Type="text/turtle; charset=US-ASCII").is_success


def test_patch_is_405(shelf: Desk) -> None:
    answer = shelf.store("PATCH", "?default")
    assert answer.status_code == 405
    assert "PUT" in answer.headers["allow"]


def test_writing_needs_a_key_and_reading_does_not(shelf: Desk) -> None:
    assert httpx.get(f"{shelf.url}/graph-store?default").status_code == 200
    for method in ("PUT", "POST", "DELETE"):
        answer = httpx.request(method, f"{shelf.url}/graph-store?default", headers={"Content-Type": "text/turtle"})
        assert answer.status_code == 401
