"""Term mappings: TOML files that say what a class or property of others is in our words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.problem import InputError, Problem
from ontology.terms import CE, CLASSES, PROPERTIES

SHIPPED = Path(__file__).parent / "terms"
ALWAYS = "common"
_RULE = {"to", "inverse", "relation", "here", "there", "set", "money", "site", "drop", "ignore", "otherwise"}
_FILE = {"namespaces", "prefixes", "classes", "inline", "properties", "class"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What one property, or a way of several, becomes. `to` is a property of ours, of the other end when `inverse`.

    `relation` is a kind with `here` and `there` for its two ends and `set` for its concepts. `money` and `site` name, by
    part, the ways to what a sum or an address consists of. `drop` leaves out for the sake of persons, `ignore` on purpose.
    """

    way: tuple[str, ...]
    to: str = ""
    inverse: bool = False
    relation: str = ""
    here: str = ""
    there: str = ""
    set: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    site: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: str = ""
    ignore: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """Our kind, the rules that hold for this class before those for all, and what it gets when nothing else says so.

    When the thing at `person_at` is a person, `person` holds instead.
    """

    to: str
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    person_at: str = ""
    person: ClassRule | None = None


@dataclass(slots=True)
class Terms:
    """Several mappings together; of two that speak of one term the later counts."""

    classes: dict[str, ClassRule] = field(default_factory=dict)
    properties: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    inline: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Take in a file; InputError with every fault of it."""
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError([Problem(path.name, None, None, None, str(error), "mend the mapping")]) from error
        _Reader(path.name, raw, self).read()


def shipped_names() -> tuple[str, ...]:
    """The mappings that come with the project, without the one that always holds."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml") if path.stem != ALWAYS))


def namespaces(name: str) -> tuple[str, ...]:
    """The namespaces of a shipped mapping."""
    return tuple(tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))["namespaces"])


def own_terms() -> Terms:
    """Our own vocabulary, which stands for itself."""
    terms = Terms(classes={CE + name: ClassRule(name) for name in CLASSES})
    for name, term in PROPERTIES.items():
        rule = Rule((CE + name,), to=name)
        if term.shortcut or name in {"kind", "about", "evidence", "run", "source", "review"}:
            rule = Rule((CE + name,), ignore="it is derived here")
        elif name.endswith("Precision"):
            rule = Rule((CE + name,), ignore="it goes with its date")
        elif term.range == ("MonetaryAmount",):
            money = {"value": (CE + "value",), "currency": (CE + "currency",)}
            rule = Rule((CE + name,), to=name, money=money)
        terms.properties[CE + name] = (rule,)
    terms.inline |= {CE + "MonetaryAmount", CE + "Evidence", CE + "Document", CE + "Statement", CE + "Source"}
    return terms


class _Reader:
    """One file."""

    def __init__(self, file: str, raw: Mapping[str, Any], into: Terms) -> None:
        self._file = file
        self._raw = raw
        self._into = into
        self._faults: list[Problem] = []
        spaces = raw.get("namespaces", [""])
        self._base = spaces[0] if isinstance(spaces, list) and spaces else ""
        self._prefixes: Mapping[str, str] = {"ce": CE, **raw.get("prefixes", {})}

    def read(self) -> None:
        for key in self._raw.keys() - _FILE:
            self._fault(f"unknown key {key!r}", f"known are {', '.join(sorted(_FILE))}")
        for other in self._raw.get("namespaces", [])[1:]:
            self._into.aliases[other] = self._base
        for name, kind in self._raw.get("classes", {}).items():
            self._into.classes[self._full(name)] = ClassRule(self._kind(name, kind))
        for name, body in self._raw.get("class", {}).items():
            self._into.classes[self._full(name)] = self._class(name, body)
        self._into.inline |= {self._full(name) for name in self._raw.get("inline", [])}
        self._into.properties |= self._rules(self._raw.get("properties", {}))
        if self._faults:
            raise InputError(self._faults)

    def _class(self, name: str, body: Mapping[str, Any]) -> ClassRule:
        for key in body.keys() - {"to", "properties", "set", "person", "person_at"}:
            self._fault(f"unknown key {key!r} in class {name}", "known are to, properties, set, person_at, person")
        person = self._class(f"{name}.person", body["person"]) if "person" in body else None
        at = self._full(body["person_at"]) if "person_at" in body else ""
        kind = self._kind(name, body.get("to"))
        return ClassRule(kind, self._rules(body.get("properties", {})), body.get("set", {}), at, person)

    def _kind(self, name: str, kind: object) -> str:
        if kind not in CLASSES:
            self._fault(f"{name} = {kind!r}: the ontology has no such class", "take one of docs/reference/ontology.md")
        return str(kind)

    def _rules(self, said: Mapping[str, Any]) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, tuple[Rule, ...]] = {}
        for name, body in said.items():
            way = self._way(name)
            rule = self._rule(name, way, {"to": body} if isinstance(body, str) else body)
            found[way[0]] = (*found.get(way[0], ()), rule)
        return found

    def _rule(self, name: str, way: tuple[str, ...], body: Mapping[str, Any]) -> Rule:
        for key in body.keys() - _RULE:
            self._fault(f"unknown key {key!r} for {name}", f"known are {', '.join(sorted(_RULE))}")
        ours = [body.get("to"), body.get("here"), body.get("there"), body.get("otherwise"), *body.get("set", {})]
        for held in filter(None, ours):
            if held not in PROPERTIES or PROPERTIES[held].shortcut:
                self._fault(f"{name}: the ontology has no property {held!r}", "take one of docs/reference/ontology.md")
        if "relation" in body:
            self._kind(name, body["relation"])
        parts = {key: {part: self._way(at) for part, at in body.get(key, {}).items()} for key in ("money", "site")}
        known: Mapping[str, Any] = {key: body[key] for key in body.keys() & _RULE - {"money", "site"}}
        return Rule(way, money=parts["money"], site=parts["site"], **known)

    def _way(self, name: str) -> tuple[str, ...]:
        return tuple(self._full(part) for part in re.findall(r"<[^>]+>|[^/]+", name))

    def _full(self, name: str) -> str:
        if name.startswith("<"):
            return name.strip("<>")
        prefix, colon, local = name.partition(":")
        if not colon:
            return self._base + name
        if prefix not in self._prefixes:
            self._fault(f"the prefix of {name!r} is not known", "write it into [prefixes]")
        return self._prefixes.get(prefix, "") + local

    def _fault(self, message: str, advice: str) -> None:
        self._faults.append(Problem(self._file, None, None, None, message, advice))


def choose(asked: str, predicates: Iterable[str]) -> Iterator[str]:
    """The shipped mappings to use: those asked for (`schema,org`), else those whose namespaces occur."""
    if asked:
        for name in filter(None, (part.strip() for part in asked.split(","))):
            if name not in shipped_names():
                advice = f"known are {', '.join(shipped_names())}"
                raise InputError([Problem("--set terms", None, None, name, f"no mapping {name!r} is shipped", advice)])
            yield name
        return
    used = set(predicates)
    for name in shipped_names():
        if any(address.startswith(namespaces(name)) for address in used):
            yield name
