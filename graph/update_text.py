"""What a SPARQL update would write, read from its text before the engine sees it: its operations and their graphs.

Braces, strings and names are read as the engine reads them (see graph.guard); what could be read in two ways is
refused or taken apart. So the graphs found here are all that the update can write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.guard import AMBIGUOUS_AFTER, TOKEN, GuardError, Limits, Reason

_LONGEST_PROLOGUE = 100_000  # characters
_HIDES = re.compile("['#]")
_Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Target:
    """A graph that an operation writes: `term` as it stands in the text (`<…>` or `x:y`), with the prologue before it.

    `term` None is the default graph; `every` the graphs that only the engine knows (`GRAPH ?g`, `ALL`, `NAMED`).
    """

    term: str | None = None
    every: bool = False


@dataclass(slots=True)
class Operation:
    """One operation, from `start` to `end`. `using_at` is the place for USING clauses (None: it takes none).

    `source` is the document of a LOAD as it stands in the text.
    """

    kind: str
    prologue: str
    start: int = 0
    end: int = 0
    source: str | None = None
    silent: bool = False
    targets: list[Target] = field(default_factory=list)
    using_at: int | None = None
    own_dataset: bool = False
    pattern: tuple[int, int] | None = None  # of DELETE WHERE


@dataclass(frozen=True, slots=True)
class Update:
    """`text` is what to give to the engine; positions in `operations` are places in it. `ended`: it ends with `;`."""

    text: str
    operations: Sequence[Operation]
    ended: bool

    def place(self, position: int) -> tuple[int, int]:
        """Line and column, from 1."""
        return self.text.count("\n", 0, position) + 1, position - self.text.rfind("\n", 0, position)

    def render(
        self,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        *,
        loads: Sequence[str] = (),
        inserts: bool = False,
    ) -> str:
        """The text with the graphs in each WHERE; GuardError when an operation has its own USING or WITH.

        `loads` stand in for the LOAD operations, in their order; `inserts` makes INSERT DATA of each DELETE DATA.
        """
        clauses = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named)
        text, waiting = self.text, list(loads)
        for operation in reversed(self.operations):
            if clauses and operation.own_dataset:
                raise GuardError(
                    "syntax", "The update has its own USING or WITH; the request may not name graphs, too."
                )
            if operation.kind == "LOAD" and loads:
                text = f"{text[: operation.start]}{waiting.pop()}{text[operation.end :]}"
            elif operation.kind == "DELETE DATA" and inserts:
                text = f"{text[: operation.start]}INSERT{text[operation.start + len('DELETE') :]}"
            elif clauses and operation.pattern is not None:
                pattern = text[slice(*operation.pattern)]
                text = f"{text[: operation.using_at]} {pattern}{clauses} {text[operation.using_at :]}"
            elif clauses and operation.using_at is not None:
                text = f"{text[: operation.using_at]}{clauses} {text[operation.using_at :]}"
        return f"{text}\n INSERT DATA {{}}" if self.ended else text


def read_update(text: str, limits: Limits | None = None) -> Update:
    """Read an update; GuardError when it is malformed, too deep, or has a SERVICE. Each LOAD is for the caller to judge.

    "forbidden" comes last: what is read to its end without another fault. Whether it is well formed is up to the engine.
    """
    return _Reading(text, limits or Limits()).read()


def first_operation(text: str) -> int:
    """The place in the text where the first operation begins, after what declares prefixes; GuardError as above."""
    return _Reading(text, Limits()).begin()


class _Reading:
    """One pass over the tokens; `cuts` are the places where a line end must follow, see `_iri`."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.tokens = self._stream()
        self.ahead: _Match | None = next(self.tokens, None)
        self.last_end = 0
        self.operators = 0
        self.angles = 0  # how deep `<<` nests
        self.angle: _Match | None = None  # the first half of `<<` or `>>`
        self.cuts: list[int] = []
        self.prologue = ""
        self.forbidden: GuardError | None = None  # the first thing that may not be

    def begin(self) -> int:
        self._prologue()
        return self._place()

    def read(self) -> Update:
        operations: list[Operation] = []
        ended = True
        self._prologue()
        while self.ahead is not None:
            operations.append(self._operation())
            ended = self.ahead is not None
            if not ended:
                break
            if self._take()[0] != ";":
                raise self._refuse("syntax", "Expected ; between operations.")
            self._prologue()
        if self.forbidden is not None:
            raise self.forbidden
        if self.cuts:  # positions move by one for each line end: read what the engine will read
            parts = [self.text[a:b] for a, b in zip([0, *self.cuts], [*self.cuts, None], strict=True)]
            return _Reading("\n".join(parts), self.limits).read()
        return Update(self.text, operations, ended)

    def _stream(self) -> Iterator[_Match]:
        for token in TOKEN.finditer(self.text):
            if token.lastgroup == "space":
                continue
            if token.lastgroup == "unclosed":
                raise self._refuse("syntax", "A string starts here and has no end.", token)
            if token.lastgroup == "other" and token[0] == "\\":
                raise self._refuse("syntax", "Escapes are read in strings and IRIs only.", token)
            if (
                token.lastgroup == "iri"
                and self.text[token.start() - 1 : token.start()] == "<"
                and _HIDES.search(token[0])
            ):
                raise self._refuse("syntax", "Put a space between << and <.", token)  # `<<a:b'>`: a name and a string?
            yield token

    def _take(self) -> _Match:
        token = self.ahead
        if token is None:
            raise self._refuse("syntax", "The update ends too early.")
        if token[0] in {"<", ">"}:
            self._angle(token)
        self.last_end = token.end()
        self.ahead = next(self.tokens, None)
        return token

    def _word(self, *expected: str) -> str:
        token = self._take()
        word = token[0].upper()
        if word not in expected:
            raise self._refuse("syntax", f"Expected {' or '.join(expected)}, found {token[0][:40]}.", token)
        return word

    def _next_is(self, *words: str) -> bool:
        return self.ahead is not None and self.ahead[0].upper() in words

    def _prologue(self) -> None:
        parts = []
        while self._next_is("PREFIX", "BASE"):
            if self._word("PREFIX", "BASE") == "PREFIX":
                name = self._take()
                if name.lastgroup != "name" or not name[0].endswith(":") or name[0].count(":") != 1:
                    raise self._refuse("syntax", "Expected a prefix such as ex:.", name)
                parts.append(f"PREFIX {name[0]} {self._iri_only()}\n")
            else:
                parts.append(f"BASE {self._iri_only()}\n")
        self.prologue += "".join(parts)
        if len(self.prologue) > _LONGEST_PROLOGUE:
            raise self._refuse("too-large", "The update declares too many prefixes.")

    def _iri_only(self) -> str:
        token = self._take()
        if token.lastgroup != "iri":
            raise self._refuse("syntax", f"Expected an IRI, found {token[0][:40]}.", token)
        return token[0]

    def _operation(self) -> Operation:
        start = self.ahead
        word = self._word("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
        operation = Operation(word, self.prologue, start=start.start() if start else 0)
        match word:
            case "LOAD":
                self._load(operation)
            case "CLEAR" | "DROP":
                self._silent()
                operation.targets.append(self._graph_or_all())
            case "CREATE":
                self._silent()
                self._word("GRAPH")
                operation.targets.append(Target(self._term()))
            case "ADD" | "MOVE" | "COPY":
                self._silent()
                source = self._graph_or_default()
                self._word("TO")
                operation.targets += [self._graph_or_default(), *([source] if word == "MOVE" else [])]
            case _:
                self._modify(operation)
        operation.end = self.last_end
        return operation

    def _silent(self) -> bool:
        silent = self._next_is("SILENT")
        if silent:
            self._take()
        return silent

    def _load(self, operation: Operation) -> None:
        operation.silent = self._silent()
        operation.source = self._term()
        if self._next_is("INTO"):
            self._take()
            self._word("GRAPH")
            operation.targets.append(Target(self._term()))
        else:
            operation.targets.append(Target())

    def _graph_or_all(self) -> Target:
        if self._next_is("GRAPH"):
            self._take()
            return Target(self._term())
        return Target() if self._word("DEFAULT", "NAMED", "ALL") == "DEFAULT" else Target(every=True)

    def _graph_or_default(self) -> Target:
        if self._next_is("DEFAULT"):
            self._take()
            return Target()
        if self._next_is("GRAPH"):
            self._take()
        return Target(self._term())

    def _term(self) -> str:
        token = self._take()
        if token.lastgroup not in {"iri", "name"}:
            raise self._refuse("syntax", f"Expected a graph, found {token[0][:40]}.", token)
        return token[0]

    def _modify(self, operation: Operation) -> None:
        word = operation.kind
        default = Target()
        if word == "WITH":
            default = Target(self._term())
            operation.own_dataset = True
            word = self._word("INSERT", "DELETE")
        elif self._next_is("DATA"):
            self._take()
            operation.kind += " DATA"
            operation.targets += self._template(default)
            return
        elif word == "DELETE" and self._next_is("WHERE"):
            operation.kind = "DELETE WHERE"
            operation.using_at = self._take().start()
            start = self._place()
            operation.targets += self._template(default)
            operation.pattern = (start, self.last_end)
            return
        operation.kind = "MODIFY"
        operation.targets += self._template(default)
        if word == "DELETE" and self._next_is("INSERT"):
            self._take()
            operation.targets += self._template(default)
        while self._next_is("USING"):
            operation.own_dataset = True
            self._take()
            if self._next_is("NAMED"):
                self._take()
            self._term()
        operation.using_at = self._place()
        if self._next_is("WHERE"):
            self._take()
        self._group()

    def _place(self) -> int:
        return len(self.text) if self.ahead is None else self.ahead.start()

    def _template(self, default: Target) -> set[Target]:
        """The graphs of `{ … GRAPH <g> { … } … }`: each brace inside must belong to a GRAPH or to an annotation."""
        self._open()
        targets: set[Target] = set()
        depth, graph, square = 1, False, 0
        while depth:
            token = self._take()
            sign = token[0]
            if token.lastgroup == "word" and sign.upper() == "GRAPH":
                targets.add(self._graph_block(token))
                graph, depth, sign = True, depth + 1, "{"
            elif sign == "{":
                if not self._next_is("|"):
                    raise self._refuse("syntax", "Expected GRAPH before this brace.", token)
                depth += 1
            elif sign == "}":
                depth -= 1
                graph = graph and depth > 1
            elif not graph and sign != ".":
                targets.add(default)
            square = self._nest(sign, square, token)
        return targets

    def _graph_block(self, token: _Match) -> Target:
        graph = self._take()
        if graph.lastgroup not in {"iri", "name", "variable"}:
            raise self._refuse("syntax", "Expected a graph after GRAPH.", token)
        self._open()
        return Target(every=True) if graph.lastgroup == "variable" else Target(graph[0])

    def _open(self) -> None:
        token = self._take()
        if token[0] != "{":
            raise self._refuse("syntax", f"Expected {{, found {token[0][:40]}.", token)

    def _group(self) -> None:
        """The WHERE: only where it ends, how deep it is, and that it stays here."""
        self._open()
        depth, braces, before = 1, 1, "open"
        expressions = False  # less-than stands in round brackets only
        while braces:
            token = self._take()
            sign, kind = token[0], str(token.lastgroup)
            braces += (sign == "{") - (sign == "}")
            expressions = expressions or sign == "("
            if kind == "iri" and expressions:
                self._iri(token, before)
            if (kind in {"word", "name"}) and "SERVICE" in sign.partition(":")[0].upper() and self._is_service(token):
                self._forbid("SERVICE is not allowed: updates stay in this graph.", token)
            if kind in {"operator", "word"} and sign != "a":
                self.operators += 1
                if self.operators > self.limits.operators:
                    raise self._refuse("too-large", f"More than {self.limits.operators:,} operators.", token)
            depth = self._nest(sign, depth, token)
            before = kind

    def _is_service(self, token: _Match) -> bool:
        return token.lastgroup == "word" or self._next_is("{")

    def _iri(self, token: _Match, before: str) -> None:
        """`?a<?b#c>` looks like an IRI, but the engine may see less-than and a comment; or a string for an apostrophe."""
        if max(token[0].count(sign) for sign in "([!") > self.limits.nesting:
            raise self._refuse("too-large", f"Brackets nest deeper than {self.limits.nesting}.", token)
        if before not in AMBIGUOUS_AFTER:
            return
        if "'" in token[0]:
            raise self._refuse("syntax", "Write the apostrophe in this IRI as \\u0027, or put a space after <.", token)
        if "#" in token[0] and self.text[token.end() : token.end() + 1] != "\n":
            self.cuts.append(token.end())

    def _nest(self, sign: str, depth: int, token: _Match) -> int:
        if sign in {"(", "[", "{"}:
            depth += 1
            if depth > self.limits.nesting:
                raise self._refuse("too-large", f"Brackets nest deeper than {self.limits.nesting}.", token)
        elif sign in {")", "]", "}"}:
            depth -= 1
        return depth

    def _angle(self, token: _Match) -> None:
        """Triples in triples nest, too."""
        half, self.angle = self.angle, token
        if half is not None and half.end() == token.start() and half[0] == token[0]:
            self.angle = None
            self.angles += 1 if token[0] == "<" else -1
            if self.angles > self.limits.nesting:
                raise self._refuse("too-large", f"Triples nest deeper than {self.limits.nesting}.", token)

    def _forbid(self, message: str, token: _Match | None) -> None:
        self.forbidden = self.forbidden or self._refuse("forbidden", message, token)

    def _refuse(self, reason: Reason, message: str, token: _Match | None = None) -> GuardError:
        start = self.last_end if token is None else token.start()
        line = self.text.count("\n", 0, start) + 1
        return GuardError(reason, message, line, start - self.text.rfind("\n", 0, start))
