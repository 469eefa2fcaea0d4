"""The place in a text that an error is about, for a person to see: the line, and a caret below."""

from __future__ import annotations

import unicodedata

_SHOWN = 160  # characters of the line
_BEFORE = 100  # of them at most before the place
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})  # take no room on the screen
_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})


def excerpt(text: str, line: int, column: int) -> str:
    """Two lines: the one in question, cut to 160 characters around the place, and a caret below the column.

    Both count from 1; what lies outside of the text is taken for its end. Shown with a fixed width, the caret stands
    right also after tabs and wide characters.
    """
    whole = _line(text, line)
    place = min(max(column, 1) - 1, len(whole))
    start = max(min(place - _BEFORE, len(whole) - _SHOWN), 0)
    shown = whole[start : start + _SHOWN]
    left, right = "… " if start else "", " …" if start + _SHOWN < len(whole) else ""
    caret = "".join(_room(letter) for letter in left + whole[start:place])
    return f"{left}{''.join(map(_plain, shown))}{right}\n{caret}^"


def _line(text: str, line: int) -> str:
    start = 0
    for _ in range(line - 1):
        end = text.find("\n", start)
        if end < 0:
            break
        start = end + 1
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].rstrip("\r")


def _plain(letter: str) -> str:
    """What would move the rest of the line is shown as a box."""
    return "\ufffd" if letter != "\t" and unicodedata.category(letter) in _CONTROL else letter


def _room(letter: str) -> str:
    """Space as wide as the letter; a tab stays one, for nobody knows how wide it is shown."""
    if letter == "\t":
        return letter
    if unicodedata.category(letter) in _INVISIBLE:
        return ""
    return "  " if unicodedata.east_asian_width(letter) in "WF" else " "
