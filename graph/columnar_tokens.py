"""The tokens of a query and the terms that they write, as far as there is no doubt about how the engine reads them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, NoReturn

from graph.columnar_terms import DATES, DECIMALS, INTEGERS
from graph.guard import TOKEN
from graph.rdf import RDF, XSD

_SIGN: Final = r"(?:[\w\-.~:/@!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
_IRI: Final = re.compile(  # plain ones: whether another is well-formed is for the engine to say
    rf"<[A-Za-z][A-Za-z0-9+\-]*:(?://[A-Za-z0-9\-.]+(?=[/?#>])|(?!//)){_SIGN}*(?:\?(?:{_SIGN}|\?)*)?(?:#(?:{_SIGN}|\?)*)?>",
    re.ASCII,
)
_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9_\-]*)?:([A-Za-z0-9_](?:[A-Za-z0-9_\-]|\.(?=[A-Za-z0-9_\-]))*)?")
_VARIABLE: Final = re.compile(r"[?$]([A-Za-z_][A-Za-z0-9_]*)")
_STRING_ESCAPE: Final = re.compile(r"\\([tbnrf\"'\\])")
_SIGNS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_MOST_DIGITS: Final = 15


class UnreadError(Exception):
    """The query is none of the subset: the engine reads it."""


def unread(_: object = None) -> NoReturn:
    """Leave it to the engine."""
    raise UnreadError


class Tokens:
    """A place in the tokens of a query."""

    def __init__(self, text: str) -> None:
        held = [(match.lastgroup or "other", match[0]) for match in TOKEN.finditer(text)]
        held = [part for kind, said in held if kind != "space" for part in _apart(kind, said)] + [("end", "")]
        self._kinds = [kind for kind, _ in held]
        self._texts = [said for _, said in held]
        self._words = [said.upper() if kind == "word" else "" if kind == "string" else said for kind, said in held]
        self._place = 0
        self.prefixes: dict[str, str] = {}

    @property
    def kind(self) -> str:
        """The kind of the token here; "end" behind the last."""
        return self._kinds[self._place]

    @property
    def text(self) -> str:
        """The token here."""
        return self._texts[self._place]

    @property
    def word(self) -> str:
        """The word here in capitals, or the sign."""
        return self._words[self._place]

    def peek(self) -> str:
        """The word or sign after this one."""
        return self._words[min(self._place + 1, len(self._words) - 1)]

    def take(self, word: str) -> bool:
        """Go on if this word or sign stands here."""
        if self._words[self._place] != word or self._kinds[self._place] == "end":
            return False
        self._place += 1
        return True

    def need(self, word: str) -> None:
        """Go on; what else stands here is none of the subset."""
        if not self.take(word):
            unread()

    def next(self, kind: str) -> str:
        """A token of that kind."""
        if self._kinds[self._place] != kind or kind == "end":
            unread()
        self._place += 1
        return self._texts[self._place - 1]

    def variable(self) -> str:
        """The name of the variable here."""
        match = _VARIABLE.fullmatch(self.next("variable"))
        return match[1] if match is not None else unread()

    def count(self) -> int:
        """A whole number."""
        said = self.next("number")
        return int(said) if said.isdecimal() and said.isascii() and len(said) <= _MOST_DIGITS else unread()

    def term(self) -> bytes:
        """The key of the constant here."""
        match self.kind:
            case "iri" | "name":
                return b"<" + self.iri().encode("ascii")
            case "number":
                return _number(self.next("number"))
            case "string":
                return self._literal()
        return unread()

    def iri(self) -> str:
        """An IRI, in full or by a prefix."""
        if self.kind == "iri":
            said = self.next("iri")
            return said[1:-1] if _IRI.fullmatch(said) else unread()
        match = _NAME.fullmatch(self.next("name"))
        if match is None or (match[1] or "") not in self.prefixes:
            unread()
        return self.prefixes[match[1] or ""] + (match[2] or "")

    def _literal(self) -> bytes:
        said = self.next("string")
        quote = 3 if said[:3] in {'"""', "'''"} and len(said) >= 6 else 1
        said = said[quote:-quote]
        if "\\" in said:
            if re.search(r"\\[^tbnrf\"'\\]", said.replace("\\\\", "")):
                unread()
            said = _STRING_ESCAPE.sub(lambda match: _SIGNS.get(match[1], match[1]), said)
        if any(0xD800 <= ord(character) < 0xE000 for character in said):
            unread()
        if self.kind == "tag":
            tag = self.next("tag").lower()
            if not re.fullmatch(r"@[a-z]{2,3}(-[a-z]{2})?", tag):
                unread()
            return f'"{tag}\0{said}'.encode()
        if self.take("^^"):
            return _typed(said, self.iri())
        return f'"\0{said}'.encode()


def _apart(kind: str, said: str) -> list[tuple[str, str]]:
    """A name or number may end with the full stop of a triple; none has one in the end."""
    if kind in {"name", "number"} and said.endswith(".") and not said.endswith(".."):
        return [(kind, said[:-1]), ("other", ".")]
    return [(kind, said)]


def _number(said: str) -> bytes:
    if not re.fullmatch(r"\d+(\.\d+)?", said, re.ASCII) or len(said) > _MOST_DIGITS:
        unread()
    return _decimal(said) if "." in said else INTEGERS + f"\0{int(said)}".encode()


def _decimal(said: str) -> bytes:
    number = Decimal(said)
    text = f"{number:f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text) if number else "0"
    return DECIMALS + f"\0{text}".encode()


def _typed(said: str, datatype: str) -> bytes:
    name = datatype.removeprefix(XSD)
    if name == datatype:
        return f'"^{datatype}\0{said}'.encode() if not datatype.startswith(RDF) else unread()
    signed = re.fullmatch(r"-?\d+(\.\d+)?", said, re.ASCII) is not None and len(said) <= _MOST_DIGITS
    if name == "string":
        return f'"\0{said}'.encode()
    if name == "decimal" and signed:
        return _decimal(said)
    if name == "integer" and signed and "." not in said:
        return INTEGERS + f"\0{int(said)}".encode()
    if name == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
        try:
            return DATES + f"\0{date.fromisoformat(said)}".encode()
        except ValueError:
            unread()
    return unread()
