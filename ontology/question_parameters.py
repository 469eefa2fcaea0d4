"""What a reader may change in a question: the values of a VALUES block, named in the header of its file.

    # param: county county | County | Län

says that `?county` stands in a VALUES block of the question, takes a county, and what a form calls it. Where it stands in
several blocks (sub-selects do not see each other), all must say the same, and are changed together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["thing", "technology", "county", "type", "date", "moment", "number", "text"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_HEADER = re.compile(r"(\w+) (\w+) \| (.+?) \| (.+)")
_BLOCK = re.compile(r"VALUES\s*(?:\?(\w+)|\(((?:\s*\?\w+)+)\s*\))\s*\{([^{}]*)\}")
_TERM = re.compile(r'(?:id|tech|place|ce):[\w.\-/%]*|"[^"]*"(?:\^\^\w+:\w+)?|[-+]?\d+(?:\.\d+)?')
_KEYS: Final = {"id:": "", "tech:": "tech/", "place:": "place/", "ce:": ""}


class ParameterError(ValueError):
    """A parameter is not written as it must be, or does not fit the question."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name` is a variable without its mark; `default` what the question asks about as it stands: keys of things
    (`kth`, `tech/batteries`, `place/se-ab`), names of classes (`Company`) or plain values. `many`: more than one value may be given."""

    name: str
    kind: Kind
    label_en: str
    label_sv: str
    default: tuple[str, ...]
    many: bool


def read_parameter(header: str, sparql: str) -> Parameter:
    """A parameter from what stands behind `# param:` and the text of its question."""
    found = _HEADER.fullmatch(header.strip())
    if not found:
        raise ParameterError(f"param: {header!r} is not `variable kind | English label | Swedish label`")
    name, word, label_en, label_sv = found.groups()
    kind = next((one for one in KINDS if one == word), None)
    if kind is None:
        raise ParameterError(f"param: {word!r} is none of {', '.join(KINDS)}")
    default, many = _values(name, sparql)
    return Parameter(name, kind, label_en, label_sv, default, many)


def _values(name: str, sparql: str) -> tuple[tuple[str, ...], bool]:
    """What the blocks of the variable hold; of a block of several variables what its first row says."""
    blocks = [
        _block(name, names, found[3])
        for found in _BLOCK.finditer(sparql)
        if name in (names := [found[1]] if found[1] else re.findall(r"\w+", found[2]))
    ]
    if not blocks:
        raise ParameterError(f"param: ?{name} must stand in a VALUES block, and stands in none")
    if len({terms for terms, _ in blocks}) > 1:
        raise ParameterError(f"param: the VALUES blocks of ?{name} do not say the same")
    return blocks[0][0], all(many for _, many in blocks)


def _block(name: str, names: list[str], held: str) -> tuple[tuple[str, ...], bool]:
    terms = tuple(_plain(term) for term in _TERM.findall(held))
    if len(terms) < len(names):
        raise ParameterError(f"param: the values of ?{name} are not id:, tech:, place:, ce:, a text or a number")
    return (terms, True) if len(names) == 1 else ((terms[names.index(name)],), False)


def _plain(term: str) -> str:
    if term.startswith('"'):
        return term[1 : term.index('"', 1)]
    prefix, separator, rest = term.partition(":")
    return _KEYS[prefix + separator] + rest if separator else term
