"""Expressions of the subset."""

from __future__ import annotations

from typing import Final

from graph.columnar_syntax import Aggregate, Call, Const, Expression, Var
from graph.columnar_tokens import Tokens, unread

COMPARISONS: Final = frozenset(["=", "!=", "<", ">", "<=", ">="])
AGGREGATES: Final = frozenset(["COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE"])
_FUNCTIONS: Final = {
    "BOUND": 1, "CONTAINS": 2, "STRSTARTS": 2, "STRENDS": 2, "REGEX": 2, "LCASE": 1, "STR": 1, "LANG": 1, "YEAR": 1, "ROUND": 1,
}  # fmt: skip


def expression(tokens: Tokens) -> Expression:
    """One expression; UnreadError when it is none of the subset."""
    left = _and(tokens)
    while tokens.take("||"):
        left = Call("||", (left, _and(tokens)))
    return left


def constraint(tokens: Tokens) -> Expression:
    """What may stand behind FILTER or HAVING: brackets or a function."""
    if tokens.word != "(" and tokens.word not in _FUNCTIONS:
        unread()
    return _primary(tokens)


def _and(tokens: Tokens) -> Expression:
    left = _compared(tokens)
    while tokens.take("&&"):
        left = Call("&&", (left, _compared(tokens)))
    return left


def _compared(tokens: Tokens) -> Expression:
    left = _primary(tokens)
    if (sign := tokens.word) in COMPARISONS:
        tokens.take(sign)
        return Call(sign, (left, _primary(tokens)))
    negated = tokens.word == "NOT" and tokens.peek() == "IN"
    if negated:
        tokens.take("NOT")
    if not tokens.take("IN"):
        return left
    tokens.need("(")
    one_of: Expression = Call("=", (left, _primary(tokens)))
    while tokens.take(","):
        one_of = Call("||", (one_of, Call("=", (left, _primary(tokens)))))
    tokens.need(")")
    return Call("!", (one_of,)) if negated else one_of


def _primary(tokens: Tokens) -> Expression:
    if tokens.take("!"):
        return Call("!", (_primary(tokens),))
    if tokens.take("("):
        inner = expression(tokens)
        tokens.need(")")
        return inner
    if tokens.kind == "variable":
        return Var(tokens.variable())
    if tokens.kind == "word":
        return _function(tokens)
    return Const(tokens.term())


def _function(tokens: Tokens) -> Expression:
    name = tokens.word
    if name in AGGREGATES:
        return _aggregate(tokens)
    if name not in _FUNCTIONS:
        unread()
    tokens.take(name)
    tokens.need("(")
    args = [expression(tokens)]
    while tokens.take(","):
        args.append(expression(tokens))
    tokens.need(")")
    flags = name == "REGEX" and len(args) == 3
    if len(args) != _FUNCTIONS[name] + flags or (name == "BOUND" and not isinstance(args[0], Var)):
        unread()
    return Call(name, tuple(args))


def _aggregate(tokens: Tokens) -> Expression:
    name = tokens.word
    tokens.take(name)
    tokens.need("(")
    distinct = tokens.take("DISTINCT")
    if tokens.take("*"):
        argument = None
        if name != "COUNT" or distinct:
            unread()
    else:
        argument = tokens.variable()
    tokens.need(")")
    return Aggregate(name, argument, distinct)
