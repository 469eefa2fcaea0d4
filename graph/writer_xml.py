"""Inside the writer: whether XML is well formed to its end, without a DOCTYPE and not too deep. No entity is ever read."""

from __future__ import annotations

from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from graph.writer_refusal import RefusedError


def check_xml(body: bytes, nesting: int) -> None:
    """RefusedError with the place where the document is not well formed, deeper than `nesting` or has a DOCTYPE."""
    parser = ParserCreate("utf-8")  # whatever the document says of itself
    depth = 0

    def refuse(reason: str, message: str) -> RefusedError:
        return RefusedError(reason, message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > nesting:
            raise refuse("too-large", f"The document nests deeper than {nesting}.")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise refuse("syntax", "RDF/XML is read without a DOCTYPE, so that no entity is declared.")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        said = f"The document is not well-formed XML: {ErrorString(error.code)}."
        raise RefusedError("syntax", said, error.lineno, error.offset + 1) from error
