"""What the cells of a table may hold. Each parser gives the cell in its settled form or raises CellError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from graph.node import NodeError, PartialDate
from ingest.problem import CellError

Parser: TypeAlias = Callable[[str], str]

MOST_DIGITS, MOST_DECIMALS = 15, 4  # of an amount: a thousand times the gross product of the world, in any currency


def text(cell: str) -> str:
    """Any words, in Unicode normal form C, on one line and without control characters."""
    if any(unicodedata.category(letter) == "Cc" for letter in cell):
        raise CellError(f"{cell!r} holds a line break or a control character", "write the text on one line")
    return unicodedata.normalize("NFC", cell)


def slug(cell: str) -> str:
    """A name for machines: small letters a-z, digits and hyphens."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell):
        raise CellError(f"{cell!r} is not a slug", "use small letters a-z, digits and single hyphens")
    return cell


def partial_date(cell: str) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        return PartialDate.parse(cell).text
    except NodeError as error:
        message, _, advice = str(error).partition("; ")
        raise CellError(message, advice or "write YYYY, YYYY-MM or YYYY-MM-DD") from error


def amount(cell: str) -> str:
    """A sum of money: digits, at most one decimal point, no thousands mark, not below zero, not above any real sum."""
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]+))?", cell)
    if found is None:
        advice = "write digits only, such as 570000 or 1250.50, without spaces, letters or a minus sign"
        raise CellError(f"{cell[:50]!r} is not a number", advice)
    if len(found[1]) > MOST_DIGITS or len(found[2] or "") > MOST_DECIMALS:
        message = f"{cell[:50]!r} is no sum of money: it has {len(found[1])} digits and {len(found[2] or '')} decimals"
        raise CellError(message, f"write at most {MOST_DIGITS} digits and {MOST_DECIMALS} decimals")
    return str(Decimal(cell))


def one_of(what: str, known: Iterable[str]) -> Parser:
    """One of the known words; `what` names them in the message, as in "unknown role 'chief'"."""
    words = sorted(known)
    held = frozenset(words)

    def parse(cell: str) -> str:
        if cell not in held:
            listed = ", ".join(words) if len(words) <= 30 else f"the {len(words)} of the list, such as {words[0]}"
            raise CellError(f"unknown {what} {cell!r}", f"known are {listed}")
        return cell

    return parse
