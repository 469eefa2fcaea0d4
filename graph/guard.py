"""What a query may look like before it reaches the engine: its form, how deep, how long, and no way to the network.

The engine reads keywords without a word boundary (`trueSERVICESILENT:x{}` is a SERVICE), so words are searched, not
compared; it resolves `\\u` escapes in strings and IRIs only, the specification everywhere: both readings are checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from graph.errors import GraphError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
Reason = Literal["syntax", "too-large", "forbidden", "update"]

_FORMS: dict[str, Form] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_PROLOGUE = frozenset({"PREFIX", "BASE", "VERSION"})
_VOLATILE = frozenset(["RAND", "NOW", "UUID", "STRUUID"])
_WORD_OPERATORS = frozenset(["UNION", "OPTIONAL", "MINUS", "EXISTS", "NOT", "IN", "GRAPH", "FILTER", "BIND", "VALUES"])

# After these `<` may be less-than: what looks like an IRI may be the beginning of a comment or a string to the engine.
AMBIGUOUS_AFTER = frozenset(["variable", "string", "number", "close", "iri", "name", "word", "tag", "blank"])

# What may follow a backslash in a string. The engine gives a string with any other up and reads it in another way: a long
# one as an empty string, a short string and a comment, perhaps, with code behind it. So such a string is none here.
_ESCAPED = r"""\\(?:[tbnrf"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|U(?!0000[Dd][89A-Fa-f])00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"""

# Every repetition is possessive and what opens without an end stops the pass: the time is linear in the text.
TOKEN = re.compile(
    r"""
    (?P<space>\s++|\#[^\n\r]*+)
  | (?P<string>\"{3}(?:[^\"\\]|ESCAPED|\"(?!\"\"))*+\"{3}|'{3}(?:[^'\\]|ESCAPED|'(?!''))*+'{3}
              |(?!\"{3})\"(?:[^\"\\\n\r]|ESCAPED)*+\"|(?!'{3})'(?:[^'\\\n\r]|ESCAPED)*+')
  | (?P<unclosed>[\"'])
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<variable>[?$]\w++)
  | (?P<tag>@[A-Za-z][A-Za-z0-9-]*+)
  | (?P<blank>_:[\w.\-]++)
  | (?P<number>\d++\.?\d*+(?:[eE][+-]?\d++)?)
  | (?P<name>(?:[^\W\d][\w.\-]*+)?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<word>[^\W\d][\w.\-]*+)
  | (?P<operator>&&|\|\||\^\^|!=|<=|>=|[!=<>+*/|^\-])
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """.replace("ESCAPED", _ESCAPED),
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a query text may be: `size` in bytes of UTF-8, `nesting` in brackets, `operators` in all."""

    size: int = 200_000
    nesting: int = 100
    operators: int = 1_000


class GuardError(GraphError):
    """The query is refused; `line` and `column` count from 1."""

    def __init__(self, reason: Reason, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen in the text. `volatile`: the answer may differ each time (RAND, NOW, UUID); `services`: where it
    asks for what it does not find here."""

    form: Form
    size: int
    tokens: int
    nesting: int
    operators: int
    volatile: bool
    services: tuple[str, ...] = ()


def inspect(query: str, limits: Limits | None = None, *, local: bool = True) -> Form:
    """The form of the query; GuardError as in `look_at`."""
    return look_at(query, limits, local=local).form


def look_at(
    query: str, limits: Limits | None = None, *, local: bool = True, services: Collection[str] = ()
) -> Inspection:
    """What stands in the query; GuardError when it is an update, too large, too deep or would reach for the network.

    A query that is not `local` is for somebody else's endpoint and may use SERVICE; a local one may where the endpoint
    is one of `services`, written out in full.
    """
    limits = limits or Limits()
    size = len(query.encode("utf-8", errors="surrogatepass"))
    if size > limits.size:
        raise GuardError("too-large", f"The query has {size:,} bytes; the limit is {limits.size:,}.")
    if "\\" in query:
        resolved = resolve(query)
        if resolved != query:
            _Reading(resolved, limits, local, services).check(size)
    return _Reading(query, limits, local, services).check(size)


def resolve(text: str) -> str:
    """The text with its `\\u` escapes as characters."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else "\ufffd"

    return _ESCAPE.sub(character, text)


class _Reading:
    """One pass over the text, token by token."""

    def __init__(self, text: str, limits: Limits, local: bool, services: Collection[str]) -> None:
        self.text = text
        self.local = local
        self.limits = limits
        self.services = services
        self.asked: list[str] = []  # the endpoints
        self.service: re.Match[str] | None = None  # SERVICE, until its endpoint comes
        self.tokens = 0
        self.depth = 0
        self.deepest = 0
        self.volatile = False
        self.operators = 0
        self.form: Form | None = None
        self.before = ""  # the last token but for space …
        self.before_kind = ""  # … and its kind
        self.round = False  # whether there was a round bracket: less-than stands in those only
        self.doubtful: re.Match[str] | None = None  # an IRI that could hide code from this reading
        self.pending: re.Match[str] | None = None  # a name that is a SERVICE if a group follows

    def check(self, size: int) -> Inspection:
        for token in TOKEN.finditer(self.text):
            kind = token.lastgroup
            if kind == "space":
                continue
            self.tokens += 1
            if self.pending and token[0] == "{":
                raise self._forbidden(self.pending)
            self.pending = None
            if self.service is not None:
                self._endpoint(token)
                continue
            if kind == "word":
                self._word(token)
            elif kind == "name":
                self._name(token)
            elif kind == "unclosed":
                raise self._refuse("syntax", "A string starts here and has no end.", token)
            elif kind in {"open", "close", "operator", "iri"}:
                self._count(token)
            self.before, self.before_kind = token[0].upper(), str(kind)
        if self.asked and self.doubtful is not None:
            advice = "Where SERVICE is used, write this IRI with a prefix, or put a space after <."
            raise self._refuse("syntax", advice, self.doubtful)
        if self.form is None:
            raise GuardError("syntax", "The query says none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
        return Inspection(self.form, size, self.tokens, self.deepest, self.operators, self.volatile, tuple(self.asked))

    def _endpoint(self, token: re.Match[str]) -> None:
        """What follows SERVICE: SILENT, or one of the endpoints that are allowed."""
        before, self.service = self.service, None
        if token[0].upper() == "SILENT" and self.before != "SILENT":
            self.service, self.before = before, "SILENT"
            return
        endpoint = token[0][1:-1] if token.lastgroup == "iri" else None
        if endpoint not in self.services:
            raise self._forbidden(before or token)
        self.asked.append(endpoint or "")
        self.before = token[0].upper()

    def _forbidden(self, token: re.Match[str]) -> GuardError:
        allowed = f" Allowed are <{'>, <'.join(sorted(self.services))}>, written out." if self.services else ""
        message = f"SERVICE is not allowed: queries stay in this graph.{allowed}"
        return self._refuse("forbidden", message, token)

    def _word(self, token: re.Match[str]) -> None:
        word = token[0].upper()
        if "SERVICE" in word and self.local:
            if word != "SERVICE" or not self.services:
                raise self._forbidden(token)
            self.service = token
        self.volatile = self.volatile or word in _VOLATILE
        self._operators(token, (word in _WORD_OPERATORS) + word.count("-"))
        if self.form is None and word not in _PROLOGUE:
            if word in _UPDATES:
                raise self._refuse("update", f"{word} is an update; this door answers queries.", token)
            if word not in _FORMS:
                expected = "SELECT, ASK, CONSTRUCT or DESCRIBE"
                raise self._refuse("syntax", f"Expected {expected}, found {token[0][:40]}.", token)
            self.form = _FORMS[word]

    def _name(self, token: re.Match[str]) -> None:
        prefix = token[0].partition(":")[0].upper()
        if "SERVICE" in prefix and self.local and self.before != "GRAPH":
            self.pending = token

    def _count(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "open":
                self.depth += 1
                self.round = self.round or token[0] == "("
                self.deepest = max(self.deepest, self.depth)
                if self.depth > self.limits.nesting:
                    raise self._refuse("too-large", f"Brackets nest deeper than {self.limits.nesting}.", token)
            case "close":
                self.depth -= 1
            case "operator":
                self._operators(token, 1)
            case _:  # `?a<((b))>` looks like an IRI and is none: what nests in it counts, too
                if self.round and self.before_kind in AMBIGUOUS_AFTER and set("'#") & set(token[0]):
                    self.doubtful = self.doubtful or token
                if max(token[0].count(sign) for sign in "([!") > self.limits.nesting:
                    raise self._refuse("too-large", f"Brackets nest deeper than {self.limits.nesting}.", token)

    def _operators(self, token: re.Match[str], count: int) -> None:
        self.operators += count
        if self.operators > self.limits.operators:
            raise self._refuse("too-large", f"The query has more than {self.limits.operators:,} operators.", token)

    def _refuse(self, reason: Reason, message: str, token: re.Match[str]) -> GuardError:
        start = token.start()
        line = self.text.count("\n", 0, start) + 1
        return GuardError(reason, message, line, start - self.text.rfind("\n", 0, start))
