"""From files to statements: which format, how deep, how large, where a thing stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.writer_documents import checked, syntax
from graph.writer_refusal import RefusedError
from ingest.contract import Extraction
from ingest.problem import InputError, Problem

NESTING = 100
LARGEST = 512 * 1024 * 1024  # bytes of one file; statements are held in memory
MEDIA: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rdf+xml",
    ".owl": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
}
CONTEXT = "context.jsonld"
SETTINGS = frozenset({CONTEXT, "mapping.toml", "source.toml"})  # given beside the data, and no data themselves
_SHIPPED: Mapping[str, str] = {"schema.org": "schema.jsonld"}
_LINES = frozenset({".nt", ".nq"})

Json: TypeAlias = Any
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Document:
    """The statements of one file; `lines` gives the line on which a subject is first spoken of, where that is known."""

    name: str
    quads: list[Quad]
    lines: Mapping[str, int]

    @property
    def address(self) -> str:
        """The file by its name, as an address."""
        return f"file:{quote(self.name)}"


def find_files(inputs: tuple[Path, ...]) -> list[tuple[str, Path]]:
    """The RDF files with the names by which they are called; InputError when there are none."""
    found: list[tuple[str, Path]] = []
    for path in inputs:
        if path.name in SETTINGS:
            continue
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in MEDIA and file.name != CONTEXT)
            found += [(file.relative_to(path).as_posix(), file) for file in inside if file.is_file()]
        elif path.suffix.lower() in MEDIA:
            found.append((path.name, path))
        else:
            advice = f"give a file that ends with {', '.join(MEDIA)}"
            raise InputError([Problem(path.name, None, None, None, "the name does not tell a format of RDF", advice)])
    if not found:
        message = "there is no RDF file" if inputs else "no file was given"
        advice = f"give files or a folder with --input; their names end with {', '.join(MEDIA)}"
        raise InputError([Problem("--input", None, None, None, message, advice)])
    return found


def context_of(inputs: tuple[Path, ...]) -> Path | None:
    """The JSON-LD context that was given for documents that name one by its address."""
    beside = [path / CONTEXT if path.is_dir() else path for path in inputs if path.is_dir() or path.name == CONTEXT]
    return next((path for path in beside if path.is_file()), None)


def read_file(task: Extraction, name: str, path: Path, base: str) -> Document:
    """The statements of the file; InputError with line and column when it cannot be read."""
    if path.stat().st_size > LARGEST:
        raise _unreadable(name, None, None, f"the file is larger than {LARGEST} bytes", "split it")
    body = task.keep(path)
    suffix = path.suffix.lower()
    try:
        form, text = checked(MEDIA[suffix], body, NESTING)
        whole = text if form != RdfFormat.JSON_LD else _with_contexts(name, text, context_of(task.inputs))
        parser = parse(whole, format=form, base_iri=base or f"file:///{quote(name)}")
        quads = list(parser)
        prefixes = parser.prefixes
    except RefusedError as error:
        raise _unreadable(name, error.line, error.column, str(error), "mend the file") from error
    except SyntaxError as error:
        said = syntax(error)
        raise _unreadable(name, said.line, said.column, str(said), "mend the file") from error
    return Document(name, quads, _lines_of(suffix, text, quads, prefixes))


def _unreadable(name: str, line: int | None, column: int | None, message: str, advice: str) -> InputError:
    place = "" if column is None else f"character {column}: "
    return InputError([Problem(name, line, None, None, f"{place}{message}", advice)])


def _with_contexts(name: str, body: bytes, beside: Path | None) -> bytes:
    """The document with contexts that are named by an address put into it; nothing is ever fetched."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        raise _unreadable(name, line, column, f"this is not JSON: {getattr(error, 'msg', error)}", "mend it") from error
    return json.dumps(_inlined(name, said, beside), ensure_ascii=False).encode("utf-8")


def _inlined(name: str, said: Json, beside: Path | None) -> Json:
    if isinstance(said, list):
        return [_inlined(name, part, beside) for part in said]
    if isinstance(said, dict):
        return {
            key: _context(name, part, beside) if key == "@context" else _inlined(name, part, beside)
            for key, part in said.items()
        }
    return said


def _context(name: str, said: Json, beside: Path | None) -> Json:
    if isinstance(said, list):
        return [_context(name, part, beside) for part in said]
    if not isinstance(said, str):
        return said
    file = next(
        (_here(file) for host, file in _SHIPPED.items() if re.match(rf"https?://(www\.)?{host}(/|$)", said)), None
    )
    if beside is not None:
        file = beside
    if file is None:
        message = f"the context {said[:200]} is not fetched"
        advice = f"save it as {CONTEXT} in the folder, or write it into the file"
        raise _unreadable(name, None, None, message, advice)
    try:
        return json.loads(file.read_text("utf-8"))["@context"]
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(file.name, None, None, "this is no JSON-LD context", 'write {"@context": {...}}') from error


def _here(file: str) -> Path:
    return Path(__file__).parent / "contexts" / file


def _lines_of(suffix: str, text: bytes, quads: list[Quad], prefixes: Mapping[str, str]) -> Mapping[str, int]:
    """By address, the first line that speaks of it: exact for one statement a line, else where its name is written."""
    found: dict[str, int] = {}
    if suffix in _LINES:
        told = (number for number, line in enumerate(text.split(b"\n"), 1) if line.strip() and line.strip()[:1] != b"#")
        for number, quad in zip(told, quads, strict=False):
            found.setdefault(subject_name(quad.subject), number)
        return found
    wanted = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    for number, line in enumerate(text.decode("utf-8", "replace").split("\n"), 1):
        for address in _named(line, prefixes):
            if address in wanted:
                found.setdefault(address, number)
    return found


_NAMES = re.compile(r'<([^<>"\s]*)>|"([^"\s]*)"|(?<![\w:])([A-Za-z][\w-]*|):([\w.-]*[\w-])')


def _named(line: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    for found in _NAMES.finditer(line):
        if found[4] is not None:
            yield prefixes.get(found[3], "") + found[4]
        else:
            yield found[1] or found[2] or ""


def subject_name(term: object) -> str:
    """An address as it is, a blank node with `_:` before it."""
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
