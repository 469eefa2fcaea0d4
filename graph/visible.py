"""Characters that do not show and change what stands around them: control characters, and those that turn the direction."""

from __future__ import annotations

import re
import unicodedata

# Line feed and tab are usual in a text; marks of direction (U+200E, U+200F, U+061C) belong to Arabic and Hebrew names.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_CONTROLS = "control character"


def visible(text: str) -> str:
    """The text with such characters written out, as `\\u202e`: for terminals and tables."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def hidden(text: str) -> str | None:
    """The first such character and its place, in words; None when there is none."""
    found = _HIDDEN.search(text)
    if found is None:
        return None
    name = unicodedata.name(found[0], _CONTROLS).lower()
    return f"U+{ord(found[0]):04X} ({name}) at character {found.start() + 1:,}"
