"""One web page that holds everything and asks the network for nothing: the interactive map, at most 2,000 things."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from networkx import MultiGraph

from visualisations.caption import Caption
from visualisations.details import details, rows, shown_families
from visualisations.export import ExportError
from visualisations.picture import picture, script
from visualisations.words import words

SUFFIX = "html"
MEDIA_TYPE = "text/html; charset=utf-8"
LIMIT = 2000


def render(network: MultiGraph, caption: Caption) -> bytes:
    """The page in UTF-8; ExportError when the network is empty or has more than LIMIT nodes."""
    _check(len(network))
    told = words(caption.lang)
    drawn = picture(network, caption.lang)
    code = [script(), _part("page.js")]
    style = _part("page.css")
    page = _environment().get_template("page.html")
    return page.render(
        lang=caption.lang,
        words=told,
        caption=caption,
        counts={"nodes": _count(len(network)), "links": _count(network.number_of_edges())},
        families=shown_families(network, caption.lang),
        rows=rows(network, caption.lang),
        policy=_policy(code, style),
        code=[_code(text) for text in code],
        style=Markup(style),
        data=_data({"nodes": drawn.nodes, "edges": drawn.edges, **details(network, caption.lang), "words": dict(told)}),
        options=_data(json.loads(drawn.options)),
    ).encode()


def _check(size: int) -> None:
    if size == 0:
        raise ExportError("nothing matches these filters; leave one out")
    if size > LIMIT:
        raise ExportError(
            f"{size:,} things are too many for one page (at most {LIMIT:,}); narrow the selection with --tech, --county, "
            "--kind, --role or --from and --to, or export gexf for Gephi"
        )


def _environment() -> Environment:
    """Our own template, escaping everything that is not marked."""
    return Environment(loader=PackageLoader("visualisations", "page"), autoescape=True, undefined=StrictUndefined)


def _part(name: str) -> str:
    return files("visualisations").joinpath("page", name).read_text("utf-8")


def _code(text: str) -> Markup:
    """A script of ours or of pyvis; ExportError when its end tag would break the page."""
    if "</script" in text.lower():
        raise ExportError("the bundled script holds an end tag and cannot stand inside a page")
    return Markup(text)


def _data(value: object) -> Markup:
    """JSON that can stand inside a script element: no character of it means anything to HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _policy(code: list[str], style: str) -> str:
    """A content security policy under which these scripts run, by their digest, and nothing else ever does."""
    scripts = " ".join(f"'{_digest(text)}'" for text in code)
    return (
        f"default-src 'none'; script-src {scripts}; style-src '{_digest(style)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _count(number: int) -> str:
    """With a narrow space for thousands, as both languages may write it."""
    return f"{number:,}".replace(",", "\u202f")
