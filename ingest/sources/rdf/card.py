"""The card of somebody's RDF: `source.toml` beside the files, or options; a licence must be named in one of the two."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.node import SourceCard
from ingest.identifiers import web_address
from ingest.problem import CellError, InputError, Problem
from ingest.registry import names

CARD = "source.toml"
_TEXTS = ("name", "title", "publisher", "homepage", "licence", "licence_proof")
_STATED = ("title", "publisher", "homepage", "licence", "licence_proof")


def card_beside(card: SourceCard, inputs: tuple[Path, ...]) -> SourceCard:
    """The shipped card with what `source.toml` in the input says; InputError with every fault of that file."""
    beside = [path / CARD if path.is_dir() else path for path in inputs if path.is_dir() or path.name == CARD]
    found = [path for path in beside if path.is_file()]
    if not found:
        return card
    if len(found) > 1:
        raise InputError([_problem(str(found[1].name), "a second source.toml", "ingest each folder by itself")])
    try:
        raw = tomllib.loads(found[0].read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError([_problem(CARD, str(error), "mend the card of the source")]) from error
    faults = list(_faults(raw, card))
    if faults:
        raise InputError(faults)
    return _stated(replace(card, name=raw["name"]), raw)


def card_with_options(card: SourceCard, shipped: SourceCard, options: Mapping[str, str]) -> SourceCard:
    """The card with the options that were set; InputError when no licence is named anywhere."""
    said = {name: options[name] for name in _STATED if options.get(name)}
    stated = _stated(card, said)
    if stated.licence == shipped.licence:
        message = "no licence is named, and there is no fact without one"
        advice = f'write licence = "https://..." into {CARD} beside the files, or say --set licence=https://...'
        raise InputError([_problem("--set licence", message, advice)])
    check_address("homepage", stated.homepage)
    check_address("licence", stated.licence)
    if stated.licence_proof == shipped.licence_proof:
        stated = replace(stated, licence_proof="said by whoever ran the ingest")
    if stated.publisher == shipped.publisher:
        stated = replace(stated, publisher="not stated")
    return stated


def _stated(card: SourceCard, said: Mapping[str, Any]) -> SourceCard:
    words: dict[str, Any] = {name: said[name] for name in _STATED if name in said}
    if isinstance(words.get("title"), str):
        words["title"] = {"sv": words["title"], "en": words["title"]}
    return replace(card, **words)


def _faults(raw: Mapping[str, Any], card: SourceCard) -> list[Problem]:
    known = ", ".join(_TEXTS)
    faults = [_problem(CARD, f"unknown key {key!r}", f"known are {known}") for key in raw if key not in _TEXTS]
    name = raw.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        faults.append(
            _problem(CARD, f"the name {name!r} is no name of a source", 'write name = "..." in small letters')
        )
    elif name in names() and name != card.name:
        faults.append(_problem(CARD, f"{name!r} is the name of another source", "choose another name"))
    for key in _TEXTS[1:]:
        value = raw.get(key)
        both = key == "title" and isinstance(value, dict) and set(value) == {"sv", "en"}
        if value is not None and not both and (not isinstance(value, str) or not value):
            faults.append(_problem(CARD, f"{key} is no text", f'write {key} = "..."'))
    return faults


def check_address(name: str, value: str) -> None:
    """InputError when an option is no web address."""
    try:
        web_address(value)
    except CellError as error:
        raise InputError([Problem(f"--set {name}", None, None, value, error.message, error.advice)]) from error


def _problem(file: str, message: str, advice: str) -> Problem:
    return Problem(file, None, None, None, message, advice)
