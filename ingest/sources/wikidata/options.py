"""What a user may set, checked before anything is asked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.identifiers import web_address
from ingest.problem import CellError, InputError, Problem
from ingest.sparql_client import Manners

PROGRAM = "CleantechKG/0.1"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Options:
    """`countries` empty = all; `languages` in the order of preference."""

    endpoint: str
    page_size: int
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    pause: float
    timeout: int

    @property
    def digest(self) -> str:
        """Changes when another set of organisations would be asked for: then a broken-off run starts anew."""
        said = json.dumps([self.endpoint, self.countries, self.languages])
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def manners(self, sleep: Callable[[float], None]) -> Manners:
        """How to ask the endpoint."""
        agent = f"{PROGRAM} ({self.contact}) SPARQLWrapper"
        return Manners(agent, pause=self.pause, timeout=self.timeout, sleep=sleep)


def read_options(said: Mapping[str, str]) -> Options:
    """The options; InputError that names every wrong one."""
    problems: list[Problem] = []

    def take(name: str, parse: Callable[[str], object]) -> object:
        try:
            return parse(said[name])
        except CellError as error:
            problems.append(Problem(f"--set {name}", None, None, said[name], error.message, error.advice))
            return None

    found = {
        "endpoint": take("endpoint", web_address),
        "page_size": take("page_size", lambda text: int(_number(text, 1, 1000, whole=True))),
        "countries": take("countries", lambda text: _list(text, r"[A-Z]{2}", "two capital letters, such as SE")),
        "languages": take("languages", lambda text: _list(text, _LANGUAGE.pattern, "a code such as sv or pt-br")),
        "contact": take("contact", _contact),
        "pause": take("pause", lambda text: _number(text, 0, 3600)),
        "timeout": take("timeout", lambda text: int(_number(text, 1, 3600, whole=True))),
    }
    if not problems and not found["languages"]:
        message = "no language is named"
        problems.append(Problem("--set languages", None, None, "", message, "name one at least, such as sv,en"))
    if problems:
        raise InputError(problems)
    return Options(**found)  # type: ignore[arg-type]  # each was parsed just now


def _number(text: str, least: float, most: float, *, whole: bool = False) -> float:
    if not re.fullmatch(r"[0-9]+" if whole else r"[0-9]+(\.[0-9]+)?", text) or not least <= float(text) <= most:
        raise CellError(f"{text!r} is not a number from {least:g} to {most:g}", "write digits")
    return float(text)


def _list(text: str, pattern: str, advice: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    wrong = next((part for part in parts if not re.fullmatch(pattern, part)), None)
    if wrong is not None:
        raise CellError(f"{wrong!r} is not known", f"write {advice}, with commas between them")
    return parts


def _contact(text: str) -> str:
    if not re.fullmatch(r"[!-'*-~]([ -'*-~]{0,198}[!-'*-~])?", text):
        raise CellError(f"{text!r} cannot stand in a User-Agent", "write an address or a page where you can be reached")
    return text
