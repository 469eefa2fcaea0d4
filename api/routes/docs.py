"""`/docs`: every path of the service on one page, made from the OpenAPI document without a script."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)
_PAGES = files("api") / "pages"


@router.get("/docs")
def get_docs(request: Request) -> Response:
    """The page."""
    document: dict[str, Any] = request.app.openapi()
    return Response(_page(document["info"]["version"], _body(document)), media_type="text/html; charset=utf-8")


@router.get("/docs.css")
def get_style() -> Response:
    """Its style."""
    style = (_PAGES / "docs.css").read_text("utf-8")
    return Response(style, media_type="text/css; charset=utf-8", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=2)
def _page(version: str, body: str) -> str:
    frame = (_PAGES / "docs.html").read_text("utf-8")
    return frame.replace("{{version}}", escape(version)).replace("{{body}}", body)


def _prose(text: str) -> str:
    """Text of a docstring: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _body(document: dict[str, Any]) -> str:
    groups: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(document, path, method, operation))
    return "".join(
        f'<section id="{escape(group.lower().replace(" ", "-"))}"><h2>{escape(group)}</h2>{"".join(shown)}</section>'
        for group, shown in groups.items()
    )


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = "".join(_parameter(one) for one in operation.get("parameters", ()))
    table = f"<table><thead><tr><th>parameter<th>where<th>type<th>what</thead><tbody>{parameters}</tbody></table>"
    reference = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = reference.get("$ref", "").rpartition("/")[2]
    fields = _fields(document["components"]["schemas"][name]) if name else ""
    return (
        f"<article><h3><span>{method.upper()}</span> <code>{escape(path)}</code></h3>"
        f"<p>{_prose(operation.get('description', ''))}</p>{table if parameters else ''}{fields}</article>"
    )


def _parameter(one: dict[str, Any]) -> str:
    schema = one.get("schema", {})
    kind = schema.get("type") or " or ".join(option.get("type", "") for option in schema.get("anyOf", ()))
    kind = " | ".join(map(str, schema["enum"])) if "enum" in schema else kind
    what = one.get("description") or schema.get("description", "")
    default = f" Default: {schema['default']}." if schema.get("default") not in (None, "", []) else ""
    cells = (f"<code>{escape(one['name'])}</code>", one["in"], kind, escape(what + default))
    return f"<tr>{''.join(f'<td>{cell}' for cell in cells)}</tr>"


def _fields(schema: dict[str, Any]) -> str:
    names = ", ".join(f"<code>{escape(name)}</code>" for name in schema.get("properties", {}))
    return f"<p>Answers {escape(schema.get('title', ''))}: {names}. {_prose(schema.get('description', ''))}</p>"
