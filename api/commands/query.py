"""`cleantech query`: SPARQL against the data folder, or against any endpoint."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal
from urllib.error import URLError

import typer
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.results import show
from api.settings import Settings
from graph.generation import DataFolder
from graph.guard import Form, Limits, inspect
from graph.readers import ask_once
from ontology.schema import questions

_TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_GRAPHS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
Format = Literal["table", "json", "xml", "csv", "tsv", "ttl", "nt", "rdf", "jsonld"]


def query(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A file with a query; - reads standard input.")] = "",
    text: Annotated[str, typer.Option("--text", metavar="QUERY", help="The query itself.")] = "",
    question: Annotated[
        str, typer.Option("--question", metavar="ID", help="A competency question, such as CQ05.")
    ] = "",
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint.")] = "",
    output: Annotated[Format | None, typer.Option("--format", help="table or ttl unless told otherwise.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds.")] = 60.0,
    data: Data = DEFAULT_DATA,
) -> None:
    """Ask the map in SPARQL: a FILE, a --text or a --question."""
    with told("query"):
        asked = _text(file, text, question)
        form = inspect(asked) if not endpoint else _form(asked)
        media_type = _media_type(form, output)
        body = _remote(endpoint, asked, media_type, timeout) if endpoint else _local(data, asked, media_type, timeout)
    show(body, as_table=output in (None, "table") and form in {"SELECT", "ASK"})


def _text(file: str, text: str, question: str) -> str:
    if sum(map(bool, (file, text, question))) != 1:
        raise CommandError("give one of a FILE (- is standard input), --text and --question")
    if text:
        return text
    if question:
        known = {one.id.upper(): one.sparql for one in questions()}
        if question.upper() not in known:
            raise CommandError(f"there is no question {question}; known are {', '.join(known)}")
        return known[question.upper()]
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _form(asked: str) -> Form:
    """The form of a query for somebody else's endpoint: our limits are not theirs."""
    return inspect(asked, Limits(size=100_000_000, nesting=10_000, operators=1_000_000), local=False)


def _media_type(form: Form, output: Format | None) -> str:
    formats = _TABLES if form in {"SELECT", "ASK"} else _GRAPHS
    if output in (None, "table"):
        return _TABLES["json"] if formats is _TABLES else _GRAPHS["ttl"]
    if output not in formats:
        raise CommandError(f"the answer to {form} comes as {', '.join(formats)}; not as {output}")
    return formats[output]


def _local(data: Path, asked: str, media_type: str, timeout: float) -> bytes:
    current = DataFolder(data).current()
    if current is None:
        raise CommandError(f"nothing was ingested into {data} yet; run `cleantech ingest sweden --data {data}` first")
    limits = replace(Settings().reader_limits, seconds=timeout)
    return ask_once(current.store, asked, media_type, limits=limits, base=current.manifest.base).body


def _remote(endpoint: str, asked: str, media_type: str, timeout: float) -> bytes:
    client = SPARQLWrapper(endpoint)
    client.setQuery(asked)
    client.setTimeout(max(1, round(timeout)))
    client.setMethod(POST)
    client.setOnlyConneg(True)
    client.addCustomHttpHeader("Accept", media_type)
    try:
        answer: bytes = client.query().response.read()
    except (SPARQLWrapperException, URLError, OSError, ValueError) as error:
        reason = " ".join(str(getattr(error, "reason", None) or error).split())
        raise CommandError(f"{endpoint} gives no answer: {reason[:500]}") from error
    return answer
