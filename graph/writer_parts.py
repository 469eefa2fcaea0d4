"""Inside the writer: the documents in a body of `multipart/form-data`, each with its own media type, read strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from graph.writer_refusal import RefusedError

MULTIPART = "multipart/form-data"
_STRICT = compat32.clone(raise_on_defect=True)
_PLAIN = frozenset(["", "7bit", "8bit", "binary"])
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a body; `media_type` without parameters."""

    media_type: str
    body: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """The documents; `content_type` is the header with its boundary. RefusedError when any of it cannot be read."""
    head = Message()
    head["Content-Type"] = content_type
    boundary = head.get_boundary()
    if boundary is None or not _BOUNDARY.fullmatch(boundary):
        raise RefusedError("syntax", f"{MULTIPART} needs a boundary.")
    if body.count(f"--{boundary}".encode()) > _MOST:
        raise RefusedError("too-large", f"A body may have at most {_MOST - 1:,} parts.")
    raw = f'Content-Type: {MULTIPART}; boundary="{boundary}"\r\n\r\n'.encode()
    try:
        whole = BytesParser(policy=_STRICT).parsebytes(raw + body)
    except (MessageError, RecursionError) as error:
        raise RefusedError("syntax", f"The body is no {MULTIPART}: {type(error).__name__}.") from error
    held = whole.get_payload()
    if isinstance(held, str) or not held:
        raise RefusedError("syntax", "The body has no parts.")
    if (whole.preamble or "").strip() or (whole.epilogue or "").strip():
        raise RefusedError("syntax", "There is text outside of the parts.")
    return [_part(number, part) for number, part in enumerate(held, 1)]


def _part(number: int, part: Message) -> Part:
    if part.get("content-type") is None:
        raise RefusedError("media", f"Part {number} has no Content-Type.")
    if (part.get("content-transfer-encoding") or "").strip().lower() not in _PLAIN:
        raise RefusedError("syntax", f"Part {number} is encoded for mail; send it as it is.")
    if (part.get_content_charset() or "utf-8") not in {"utf-8", "utf8"}:
        raise RefusedError("media", f"Part {number}: only UTF-8 is read.")
    payload = part.get_payload(decode=True)  # the bytes as they came
    if not isinstance(payload, bytes):
        raise RefusedError("media", f"Part {number} is {part.get_content_type()[:100]}, not a graph.")
    return Part(part.get_content_type(), payload)
