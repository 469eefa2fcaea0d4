"""`cleantech query`: SPARQL against the data folder, or any endpoint."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.error import URLError

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from SPARQLWrapper import SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from api.commands.options import CommandError, DataOption, faults_in_words, served
from graph.guard import GuardError, inspect
from graph.readers import ask_once
from ontology.schema import questions

Format = Literal["table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml"]
TYPES: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_ROWS, _GRAPHS = ("json", "xml", "csv", "tsv"), ("turtle", "ntriples", "jsonld", "rdfxml")

FileArgument = Annotated[str | None, typer.Argument(metavar="FILE|-", help="A file with the query; - reads stdin.")]
TextOption = Annotated[str | None, typer.Option("--text", help="The query itself.")]
QuestionOption = Annotated[
    str | None, typer.Option("--question", metavar="ID", help="A competency question, such as CQ05; `list` names them.")
]
EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint, not the data folder.")
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Default: a table on a terminal, CSV in a pipe, Turtle for graphs.")
]


def query(
    file: FileArgument = None,
    text: TextOption = None,
    question: QuestionOption = None,
    endpoint: EndpointOption = None,
    format_: FormatOption = None,
    data: DataOption = Path("var"),
) -> None:
    """Ask a SPARQL query: from FILE, from stdin (-), from --text, or one of the shipped questions."""
    if question == "list":
        for each in questions():
            typer.echo(f"{each.id}\t{each.audience}\t{each.text_en}")
        return
    with faults_in_words("query"):
        asked = _text(file, text, question)
        form = _form(asked)
        wanted = format_ or (("table" if sys.stdout.isatty() else "csv") if form in _SELECTS else "turtle")
        _fits(form, wanted)
        media_type = TYPES["json" if wanted == "table" else wanted]
        body = (
            _remote(endpoint, asked, media_type) if endpoint else ask_once(served(data).store, asked, media_type).body
        )
        if wanted == "table":
            _table(json.loads(body))
        else:
            sys.stdout.buffer.write(body if body.endswith(b"\n") else body + b"\n")
            sys.stdout.buffer.flush()


_SELECTS = ("SELECT", "ASK")


def _text(file: str | None, text: str | None, question: str | None) -> str:
    given = [each for each in (file, text, question) if each is not None]
    if len(given) != 1:
        raise CommandError("give one of FILE, --text or --question (`--question list` names the questions)")
    if text is not None:
        return text
    if question is not None:
        found = {each.id.upper(): each.sparql for each in questions()}
        if question.upper() not in found:
            raise CommandError(f"there is no question {question!r}; `cleantech query --question list` names them")
        return found[question.upper()]
    try:
        return sys.stdin.read() if file == "-" else Path(file or "").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error


def _form(asked: str) -> str:
    try:
        return inspect(asked)
    except GuardError as error:
        raise CommandError(str(error)) from error


def _fits(form: str, wanted: str) -> None:
    rows = form in _SELECTS
    if rows and wanted in _GRAPHS:
        raise CommandError(f"a {form} query gives rows; choose one of table, {', '.join(_ROWS)}")
    if not rows and (wanted in _ROWS or wanted == "table"):
        raise CommandError(f"a {form} query gives a graph; choose one of {', '.join(_GRAPHS)}")


def _remote(endpoint: str, asked: str, media_type: str) -> bytes:
    client = SPARQLWrapper(endpoint)
    client.setQuery(asked)
    client.setMethod("POST")
    client.addCustomHttpHeader("Accept", media_type)
    client.setTimeout(120)
    try:
        body: bytes = client.query().response.read()
    except (SPARQLWrapperException, URLError, OSError, ValueError) as error:
        raise CommandError(f"{endpoint} did not answer: {error}") from error
    return body


def _table(found: dict[str, Any]) -> None:
    if "boolean" in found:
        typer.echo("yes" if found["boolean"] else "no")
        return
    names: list[str] = found["head"]["vars"]
    rows = [[row.get(name, {}).get("value", "") for name in names] for row in found["results"]["bindings"]]
    console = Console()
    if console.is_terminal:
        table = Table(*names, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*map(escape, row))
        console.print(table)
    else:
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows([names, *rows])
        typer.echo(out.getvalue(), nl=False)
    typer.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)
