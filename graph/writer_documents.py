"""Inside the writer: the triples of a document, read without files and network, and never deeper than a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from graph.writer_parts import MULTIPART, parts
from graph.writer_refusal import RefusedError
from graph.writer_xml import check_xml

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}
_NUMBERED = re.compile(r"line (\d+)(?: column | between columns )(\d+)")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MARK = b"\xef\xbb\xbf"
_REMOTE = "LoadDocumentCallback"  # the engine's word for a context that is not in the document
_LONG = rb'"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3})?|' + rb"'{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?"
_STRING = rb'"(?:[^"\\\n\r]|\\.)*+"?|' + rb"'(?:[^'\\\n\r]|\\.)*+'?"
# What opens and closes, and what hides it. `<<` never starts an IRI.
_TURTLE = re.compile(
    rb"(?P<open><<\(?|[(\[{])|(?P<close>\)>>|>>|[)\]}])|<[^<>\x00-\x20]*+>?|\#[^\n\r]*+|\\.|" + _LONG + b"|" + _STRING,
    re.DOTALL,
)
_JSON = re.compile(rb'(?P<open>[{\[])|(?P<close>[}\]])|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_JSON_START = re.compile(rb"[ \t\r\n]*+[{\[]")


def documents(media_type: str, body: bytes, base: str | None, nesting: int) -> list[Quad]:
    """The triples of a body, or of all its parts, in the default graph and with fresh blank nodes."""
    if not media_type.startswith(MULTIPART):
        return document(media_type, body, base, nesting)
    found = []
    for number, part in enumerate(parts(media_type, body), 1):
        try:
            found += document(part.media_type, part.body, base, nesting)
        except RefusedError as error:
            raise RefusedError(error.reason, f"Part {number}: {error}", error.line, error.column) from error
    return found


def document(media_type: str, body: bytes, base: str | None, nesting: int) -> list[Quad]:
    """The triples of one document; RefusedError when it is malformed, too deep or has graphs of its own."""
    form, body = checked(media_type, body, nesting)
    try:
        return list(_one_graph(form, body, base))
    except SyntaxError as error:
        raise syntax(error) from error


def checked(media_type: str, body: bytes, nesting: int) -> tuple[RdfFormat, bytes]:
    """The format and the bytes to parse, without a byte order mark; RefusedError when the engine should not see them."""
    form = FORMATS.get(media_type)
    if form is None:
        raise RefusedError("media", f"A graph can be sent as {', '.join(FORMATS)}.")
    if b"\0" in body[:4] or body[:2] in _UTF_16:
        raise RefusedError("syntax", "The document is not UTF-8: only UTF-8 is read.", 1, 1)
    body = body.removeprefix(_MARK)
    if form == RdfFormat.RDF_XML:
        check_xml(body, nesting)  # the engine takes half a document for a whole one
    else:
        _check_depth(form, body, nesting)
    if form == RdfFormat.JSON_LD and not _JSON_START.match(body):
        raise RefusedError("syntax", "A JSON-LD document is an object or an array: { … } or [ … ].", 1, 1)
    return form, body


def _one_graph(form: RdfFormat, body: bytes, base: str | None) -> Iterator[Quad]:
    for quad in parse(body, format=form, base_iri=base, rename_blank_nodes=True):
        if not isinstance(quad.graph_name, DefaultGraph):
            raise _own_graph(form, body, quad.graph_name)
        yield quad


def _own_graph(form: RdfFormat, body: bytes, graph: NamedNode | BlankNode) -> RefusedError:
    name = str(graph) if isinstance(graph, NamedNode) else "a blank node"
    line = None
    if form == RdfFormat.N_QUADS:  # a line is a quad: the first one in a graph
        line = next((number for number, held in enumerate(body.splitlines(), 1) if _names_graph(held)), None)
    said = f"The document has the graph {name[:300]}, but the address names the graph; send triples without a graph"
    return RefusedError("syntax", f"{said}, or each graph for itself.", line, None if line is None else 1)


def _names_graph(line: bytes) -> bool:
    return any(not isinstance(quad.graph_name, DefaultGraph) for quad in parse(line, format=RdfFormat.N_QUADS))


def _check_depth(form: RdfFormat, body: bytes, limit: int) -> None:
    pattern = _JSON if form == RdfFormat.JSON_LD else _TURTLE
    if sum(body.count(sign) for sign in (b"(", b"[", b"{", b"<<")) <= limit:  # most documents need no pass
        return
    depth = 0
    for token in pattern.finditer(body):
        if token.lastgroup == "open":
            depth += 1
            if depth > limit:
                line, column = _place(body, token.start())
                raise RefusedError("too-large", f"The document nests deeper than {limit}.", line, column)
        elif token.lastgroup == "close":
            depth -= 1


def _place(body: bytes, start: int) -> tuple[int, int]:
    return body.count(b"\n", 0, start) + 1, start - body.rfind(b"\n", 0, start)


def syntax(error: SyntaxError) -> RefusedError:
    """The engine's complaint with its place."""
    text = str(error.msg or error)
    if _REMOTE in text:
        said = "Remote contexts are not read: put the @context into the document itself."
        return RefusedError("syntax", said)
    match = _PLACE.fullmatch(text)
    if match:
        return RefusedError("syntax", match[3][:300], int(match[1]), int(match[2]))
    numbered = _NUMBERED.search(text)
    line, column = (int(numbered[1]), int(numbered[2])) if numbered else (error.lineno, error.offset)
    return RefusedError("syntax", text[:300], line, column)
