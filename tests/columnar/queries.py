"""Small graphs and queries by chance, of the subset that the columns take and a little outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

E = "http://e.org/"
Term = NamedNode | BlankNode | Literal
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = f"PREFIX e: <{E}> PREFIX xsd: <{XSD}> "
_THINGS = [NamedNode(E + name) for name in "abcdef"] + [NamedNode("http://e.org/a!")]
_TEXTS = ["a", "b", "A", "", "ab", "é", 'x\ty"z\\', "line\nbreak", "a,b", " a", "\u0001"]


def _typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


_INTEGERS = [_typed(value, "integer") for value in ("1", "2", "10", "-3", "01", "0")]
_DECIMALS = [_typed(value, "decimal") for value in ("1.0", "1.5", "-2.25", "10", "0.3333333", "1234567.89", "0.1")]
_DATES = [_typed(value, "date") for value in ("2020-01-01", "2020-02-01", "2021-01-01", "1999-12-31")]
_TAGGED = [
    Literal("a", language="en"),
    Literal("a", language="sv"),
    Literal("b", language="en-GB"),
    Literal("Ab", language="en"),
]
ODD = [
    _typed("1", "double"), _typed("true", "boolean"), _typed("2020-01-01Z", "date"), _typed("x", "date"),
    Literal("a", datatype=NamedNode("http://e.org/type")), _typed("2020-01-01T00:00:00Z", "dateTime"), _typed("1", "int"),
    _typed("99999999999999999999", "integer"), Literal("\u212aelvin \u0130"), _typed("2020", "gYear"), _typed("x", "integer"),
]  # fmt: skip
_OBJECTS: dict[str, Sequence[Term]] = {
    "p": _THINGS, "q": _THINGS, "i": _INTEGERS, "n": _INTEGERS + _DECIMALS, "x": _DECIMALS, "d": _DATES,
    "l": [Literal(text) for text in _TEXTS], "g": _TAGGED, "m": [*_THINGS, *_INTEGERS, *_DATES, *_TAGGED, *ODD, Literal("a")],
}  # fmt: skip
TERMS: list[Term] = [*_THINGS, BlankNode("b1"), *_INTEGERS, *_DECIMALS, *_DATES, *_TAGGED, *map(Literal, _TEXTS)]
_CONSTANTS = [
    "e:a", "e:b", "e:zz", "1", "1.0", "1.50", "2", "'a'", "'zz'", "'a'@en", "'a'@EN", '"2020-01-01"^^xsd:date',
    '"2020-06-01"^^xsd:date', '"1.50"^^xsd:decimal', '"a"^^e:type', "1e0", "true", '"x\\ty\\"z\\\\"', "''",
]  # fmt: skip


def graph(chance: Random) -> Store:
    """Some tens of triples: loops, blank nodes, numbers equal by value and not by term, literals of odd types."""
    store = Store()
    subjects: list[NamedNode | BlankNode] = [*_THINGS, BlankNode("b1"), BlankNode("b2")]
    odd = chance.random() < 0.3
    for _ in range(chance.choice([0, 30, 120, 200])):
        name = chance.choice("ppppqqindlgxm" if odd else "ppppqqindlgx")
        ends: list[Term] = [*_OBJECTS[name]]
        if name in "pq":
            ends.append(BlankNode("b1"))
        where = NamedNode(E + "graph") if chance.random() < 0.1 else DefaultGraph()
        store.add(Quad(chance.choice(subjects), NamedNode(E + name), chance.choice(ends), where))
    return store


def mangled(text: str, chance: Random) -> str:
    """The query with a slip or two: a token lost, doubled or moved, a space gone, another letter case."""
    for _ in range(chance.choice([1, 1, 2])):
        words = text.split(" ")
        place, other = chance.randrange(6, len(words)), chance.randrange(6, len(words))
        match chance.randrange(6):
            case 0:
                del words[place]
            case 1:
                words.insert(other, words[place])
            case 2:
                words[place], words[other] = words[other], words[place]
            case 3:
                words[place - 1 : place + 1] = ["".join(words[place - 1 : place + 1])]
            case 4:
                words[place] = chance.choice([words[place].lower(), words[place].swapcase()])
            case _:
                words.insert(place, chance.choice(_SLIPS))
        text = " ".join(words)
    return text


_SLIPS = [
    ".", ";", ",", "{", "}", "(", ")", "?a", "?g", "e:p", "1", "'a'", "a", "*", "|", "^", "#x\n", "LIMIT 1", "OFFSET 0",
    "DISTINCT", "OPTIONAL", "FILTER", "UNION", "&&", "=", "<", ">", "!", "-1", "+", "/", "<a>", "<http://e.org/a>", "_:b",
    "[]", "@en", "^^xsd:date", "GRAPH", "BASE <http://e.org/>", "VALUES ?a { e:a }", "BIND ( 1 AS ?a )", "e:a.", "1.", "\\",
    "GROUP BY ?a", "HAVING (COUNT(*) > 0)", "ORDER BY ?a", "true", "UNDEF", "e:a:b", "e:", "?b.", "SELECT", "$a", "\\u0041",
]  # fmt: skip


class Queries:
    """Writes queries; `ordered` says whether the last has an order or a cut that leaves it a choice."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def query(self) -> str:
        """One query."""
        roll = self.chance.random()
        if roll < 0.1:
            where = self.group(2)
            ends = self.chance.choices([*self.seen(where), "e:a", "'a'"], k=2)
            return f"{PREFIXES}CONSTRUCT {{ {ends[0]} e:made {ends[1]} . ?a e:p e:b }} WHERE {where}"
        return PREFIXES + self.select(2)

    def select(self, depth: int) -> str:
        """A SELECT, grouped or not."""
        where = self.group(depth)
        names = self.seen(where) or ["?a"]
        by = self.chance.sample(names, min(len(names), self.chance.randint(1, 3)))
        if self.chance.random() < 0.45:
            return self._grouped(where, names, by[: self.chance.randint(0, 2)], depth)
        shown, fresh = " ".join(by), ""
        if self.chance.random() < 0.1:
            fresh = f" (YEAR({self.chance.choice(names)}) AS ?year)"
        order = f" ORDER BY {self._order(by)}" if self.chance.random() < 0.25 else ""
        if order and self.chance.random() < 0.5:
            order += f" LIMIT {self.chance.randint(0, 5)}" + self.chance.choice(["", " OFFSET 1"])
        distinct = "DISTINCT " if self.chance.random() < 0.4 else ""
        return f"SELECT {distinct}{shown}{fresh} WHERE {where}{order}"

    def _grouped(self, where: str, names: list[str], by: list[str], depth: int) -> str:
        made = []
        for place in range(self.chance.randint(1, 3)):
            function = self.chance.choice(["COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE"])
            inner = self.chance.choice(["", "", "DISTINCT "]) + self.chance.choice(names)
            said = "COUNT(*)" if self.chance.random() < 0.2 else f"{function}({inner})"
            made.append(f"({f'ROUND({said})' if self.chance.random() < 0.1 else said} AS ?n{place}{depth})")
        tail = f" GROUP BY {' '.join(by)}" if by else ""
        if self.chance.random() < 0.15:
            tail += f" HAVING (COUNT({self.chance.choice(names)}) {self.chance.choice(['>', '=', '<'])} 1)"
        if self.chance.random() < 0.25:
            tail += f" ORDER BY {self._order([*by, f'?n0{depth}'])}"
        return f"SELECT {' '.join([*by, *made])} WHERE {where}{tail}"

    def _order(self, names: list[str]) -> str:
        return " ".join(self.chance.choice(["{}", "DESC({})", "ASC({})"]).format(name) for name in names[:2])

    def group(self, depth: int) -> str:
        """A group in braces."""
        parts = [self._triple() for _ in range(self.chance.choice([1, 1, 2, 3]))]
        for _ in range(self.chance.choice([0, 0, 1, 1, 2, 3])):
            parts.append(self._part(depth, " ".join(parts)))
        if self.chance.random() < 0.1:
            self.chance.shuffle(parts)
        return "{ " + " ".join(parts) + " }"

    def _part(self, depth: int, before: str) -> str:
        roll = self.chance.random()
        inner = depth > 0
        if roll < 0.3 or not inner:
            return f"FILTER ({self._test(before, 2)})"
        if roll < 0.45:
            return f"OPTIONAL {self.group(depth - 1)}"
        if roll < 0.55:
            return " UNION ".join(self.group(depth - 1) for _ in range(self.chance.choice([1, 2, 2, 3])))
        if roll < 0.65:
            return f"MINUS {self.group(depth - 1)}"
        if roll < 0.75:
            return f"FILTER {self.chance.choice(['NOT ', ''])}EXISTS {self.group(depth - 1)}"
        if roll < 0.82:
            return f"{{ {self.select(depth - 1)} }}"
        if roll < 0.9:
            name = self.chance.choice("abcd")
            return f"VALUES ?{name} {{ {' '.join(self.chance.choices(_CONSTANTS, k=self.chance.randint(0, 3)))} }}"
        said = self.chance.choice([self.chance.choice(_CONSTANTS), f"YEAR(?{self.chance.choice('abcd')})", "?a"])
        return f"BIND ({said} AS ?{self.chance.choice('efd')})"

    def _triple(self) -> str:
        subject = self.chance.choice(["?a", "?a", "?a", "?b", "?c", "e:a"])
        verb = self.chance.choice(
            [*(["e:p", "e:p", "e:q", "e:i", "e:n", "e:x", "e:d", "e:l", "e:g"] * 3), "e:m", "e:none", "a"]
        )
        end = self.chance.choice(["?b", "?c", "?d", "?a", self.chance.choice(_CONSTANTS)])
        if self.chance.random() < 0.8:  # names that fit, or hardly anything joins
            end = self.chance.choice(
                {"p": ["?b", "?c", "?a"], "q": ["?b", "?c"], "d": ["?e"]}.get(verb[2:], ["?d", "?f"])
            )
        if self.chance.random() < 0.15:
            verb = self.chance.choice(["e:p*", "e:p+", "e:p/e:q", "e:p/e:q*", "e:q+/e:p", "e:p*/e:d"])
        more = f" ; e:{self.chance.choice('pqdlx')} ?{self.chance.choice('bcd')}" if self.chance.random() < 0.2 else ""
        return f"{subject} {verb} {end}{more} ."

    def _test(self, before: str, depth: int) -> str:
        name, other = (f"?{self.chance.choice('abcdef')}" for _ in range(2))
        if self.chance.random() < 0.8 and (names := self.seen(before)):
            name = self.chance.choice(names)
        roll = self.chance.random()
        if depth and roll < 0.2:
            return f"{self._test(before, depth - 1)} {self.chance.choice(['&&', '||'])} {self._test(before, depth - 1)}"
        if depth and roll < 0.28:
            return f"!({self._test(before, depth - 1)})"
        if roll < 0.36:
            return f"BOUND({name})"
        if roll < 0.5:
            subject = self.chance.choice(["{}", "STR({})", "LCASE(STR({}))", "LCASE({})"]).format(name)
            function = self.chance.choice(["CONTAINS", "STRSTARTS", "STRENDS", "REGEX"])
            pattern = self.chance.choice(["a", "b", "", "zz", "e.org" if function != "REGEX" else "^a", "k", "i"])
            flags = ", 'i'" if function == "REGEX" and self.chance.random() < 0.5 else ""
            return f"{function}({subject}, '{pattern}'{flags})"
        if roll < 0.56:
            return f"LANG({name}) {self.chance.choice(['=', '!='])} '{self.chance.choice(['', 'en', 'sv', 'en-gb'])}'"
        if roll < 0.64:
            several = ", ".join(self.chance.choices(_CONSTANTS, k=self.chance.randint(1, 3)))
            return f"{name} {self.chance.choice(['', 'NOT '])}IN ({several})"
        sign = self.chance.choice(["=", "!=", "<", ">", "<=", ">="])
        return f"{name} {sign} {other if self.chance.random() < 0.4 else self.chance.choice(_CONSTANTS)}"

    def seen(self, text: str) -> list[str]:
        """The variables in a text."""
        return [f"?{name}" for name in "abcdef" if f"?{name} " in text]
