"""What is written to stderr: warnings and writes as text, or one line of JSON for each request and write, or nothing.

No line holds an address of a client, the text of a query or a secret.
"""

from __future__ import annotations

import logging
import sys
import time
from typing import Literal

from pythonjsonlogger.json import JsonFormatter

WRITES = "cleantech.edits"
REQUESTS = "cleantech.requests"
_FIELDS = ("asctime", "levelname", "name", "message")
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


def configure(kind: Literal["text", "json", "off"]) -> None:
    """Set up the log of this process, once."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    if kind == "off":
        root.addHandler(logging.NullHandler())
        logging.disable(logging.CRITICAL)
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if kind == "json" else logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(WRITES).setLevel(logging.INFO)  # who wrote what, one line each
    if kind == "json":
        logging.getLogger(REQUESTS).setLevel(logging.INFO)


def _json() -> logging.Formatter:
    formatter = JsonFormatter(_FIELDS, rename_fields=_NAMES, json_ensure_ascii=False)
    formatter.default_time_format = "%Y-%m-%dT%H:%M:%S"
    formatter.default_msec_format = "%s.%03dZ"
    formatter.converter = time.gmtime
    return formatter
