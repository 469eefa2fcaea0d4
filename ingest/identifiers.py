"""Identifiers that carry a check digit or a fixed form; a wrong one raises CellError."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.problem import CellError


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it: double each second from the right, sum digits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def organisation_number(text: str) -> str:
    """A Swedish organisation number as NNNNNN-NNNN; the third digit is 2 or more, so it is never a personal number."""
    advice = "write ten digits as NNNNNN-NNNN, as in the company register"
    if not re.fullmatch(r"[0-9]{6}-?[0-9]{4}", text):
        raise CellError(f"{text!r} is not a Swedish organisation number", advice)
    digits = text.replace("-", "")
    if int(digits[2]) < 2:
        raise CellError("a number whose third digit is 0 or 1 may be a personal number", "leave it out")
    if not luhn(digits):
        raise CellError(f"the check digit of {text!r} is wrong", advice)
    return f"{digits[:6]}-{digits[6:]}"


def ror(text: str) -> str:
    """A ROR id without the address: nine characters that begin with 0 and end with two digits (ISO 7064 MOD 97-10)."""
    advice = "write the nine characters after https://ror.org/"
    if not re.fullmatch(r"0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}", text):
        raise CellError(f"{text!r} is not a ROR id", advice)
    number = 0
    for letter in text[1:7]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    if 98 - (number * 100) % 97 != int(text[7:]):
        raise CellError(f"the check digits of {text!r} are wrong", advice)
    return text


def wikidata(text: str) -> str:
    """A Wikidata id: Q and digits."""
    if not re.fullmatch(r"Q[1-9][0-9]*", text):
        raise CellError(f"{text!r} is not a Wikidata id", "write Q and digits, such as Q854280")
    return text


def web_address(text: str) -> str:
    """An absolute http(s) address without spaces or other characters that no IRI may hold."""
    advice = "write the whole address, such as https://www.kth.se/"
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise CellError(f"{text!r} is not a web address", advice) from error
    if parts.scheme not in {"http", "https"} or not host or re.search(r'[\s<>"{}|\\^`\x00-\x20]', text):
        raise CellError(f"{text!r} is not a web address", advice)
    return text
