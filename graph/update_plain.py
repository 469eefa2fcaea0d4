"""An update written anew for the engine: comments are gone, and each string is a short one that cannot hide anything.

What is a string and what is code could be read in two ways (a tokeniser here, a grammar with fallbacks there). In the
text made here no brace, quote, `#`, `<` or backslash stands inside a string but as an escape, so there is one way.
"""

from __future__ import annotations

import re

from graph.guard import TOKEN

_CODED = re.compile(r"[^\w .,:/=&?%+-]")
_PLAIN = re.compile(r'"[\w .,:/=&?%+-]*+"')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def plain(text: str) -> str:
    """The same update with the same lines; columns may differ. A string without an end is left for `read_update`."""
    return TOKEN.sub(_token, text)


def _token(token: re.Match[str]) -> str:
    held = token[0]
    match token.lastgroup:
        case "space" if held[0] == "#":
            return " " * len(held)
        case "string":  # the space: `''"a"` must not become the start of a long string
            return f" {held}" if _PLAIN.fullmatch(held) else f" {_short(held)}"
        case _:
            return held


def _short(string: str) -> str:
    """A string as a short one, and as many line ends after it as it had."""
    quotes = 3 if string[:3] in {'"""', "'''"} and len(string) > 5 else 1
    value = _ESCAPE.sub(_character, string[quotes:-quotes])
    return f'"{_CODED.sub(_code, value)}"' + "\n" * string.count("\n")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _SIGNS.get(escape[3], escape[3])


def _code(sign: re.Match[str]) -> str:
    return f"\\U{ord(sign[0]):08X}"
