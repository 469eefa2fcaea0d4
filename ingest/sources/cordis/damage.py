"""Names whose UTF-8 somebody read as Mac Roman or Windows-1252: `F√∂retag` and `FÃ¶retag` for `Företag`.

CORDIS has some 360 of them. The rule is narrow: the text has the sign that such a mistake leaves, and all of it reads as UTF-8
when the mistake is undone. ftfy, which is made for this, leaves 78 of these as they are, for `√¢` may be meant in other texts.
"""

from __future__ import annotations

_SIGNS = (("√", "mac_roman"), ("ƒ", "mac_roman"), ("≈", "mac_roman"), ("Ã", "cp1252"), ("Å", "cp1252"), ("Ä", "cp1252"))


def mended(text: str) -> str:
    """The text as it was meant; the text itself when nothing shows that it is damaged."""
    if text.isascii():
        return text
    for sign, encoding in _SIGNS:
        if sign in text:
            try:
                meant = text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            if meant.isprintable():
                return meant
    return text
