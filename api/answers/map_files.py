"""What a filter leaves of the map as a file of another program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from api.answers.map_jsonld import as_jsonld
from api.answers.map_ties import ties
from api.problem import ApiError
from api.served import Snapshot
from graph.network import network
from graph.selection import Filter, Selection, select
from ontology.terms import SCHEMES
from visualisations.caption import Caption, SourceLine
from visualisations.export import exporter
from visualisations.words import kind_name, role_name, tie_name, words

Lang: TypeAlias = Literal["en", "sv"]
Make: TypeAlias = Callable[[Snapshot, Filter, Selection, Lang], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A form of file: its media type, the most things and ties it may hold over HTTP, what it is for, what makes it."""

    media_type: str
    most: int
    most_ties: int
    use: str
    make: Make


def _exported(name: str) -> Make:
    def make(snapshot: Snapshot, chosen: Filter, selection: Selection, lang: Lang) -> bytes:
        return exporter(name).render(network(snapshot.columns, selection), _caption(snapshot, chosen, lang))

    return make


# A tie takes about 0.13 ms in the heavy forms (measured): the largest file is there before an answer is too late.
FILES: Mapping[str, File] = {
    ".gexf": File(
        "application/gexf+xml", 20_000, 50_000, "Gephi: positions, colours, sizes and dates.", _exported("gexf")
    ),
    ".graphml": File("application/graphml+xml", 20_000, 50_000, "NetworkX, yEd and Cytoscape.", _exported("graphml")),
    ".jsonld": File(
        "application/ld+json",
        50_000,
        100_000,
        "Linked data.",
        lambda snapshot, _, selection, __: as_jsonld(snapshot, selection),
    ),
    ".html": File(
        "text/html; charset=utf-8", 2_000, 20_000, "One page that opens from disk, made with pyvis.", _exported("html")
    ),
    "-ties.csv": File(
        "text/csv; charset=utf-8; header=present",
        200_000,
        200_000,
        "The ties as a table for a spreadsheet; things are in map.csv.",
        lambda snapshot, _, selection, lang: ties(snapshot, selection, lang),
    ),
}

_OTHERWISE = {
    ".html": "take map.gexf for Gephi",
    ".jsonld": "ask /sparql with CONSTRUCT",
    "-ties.csv": "run `cleantech export csv` where the data is",
}


def part_of(snapshot: Snapshot, chosen: Filter, ending: str) -> Selection:
    """What goes into the file; a problem 404 when the filter leaves nothing, 413 when more than the form may hold."""
    selection = select(snapshot.columns, snapshot.search, chosen)
    if not len(selection.nodes):
        raise ApiError(404, "Nothing matches these filters, so there is no file; leave one out.")
    _check(ending, len(selection.nodes), len(selection.edges))
    return selection


def file_of(snapshot: Snapshot, chosen: Filter, selection: Selection, ending: str, lang: Lang) -> bytes:
    """The file: seconds of work when it is large."""
    return FILES[ending].make(snapshot, chosen, selection, lang)


def _check(ending: str, things: int, links: int) -> None:
    """A problem 413 that says how much there is, how much may be, and what to do."""
    form, name = FILES[ending], ending.lstrip(".-")
    if things > form.most:
        said = f"{things:,} things are too many for {name} (at most {form.most:,})"
    elif links > form.most_ties:
        said = f"{links:,} ties are too many for {name} (at most {form.most_ties:,})"
    else:
        return
    other = _OTHERWISE.get(ending, f"run `cleantech export {name}` where the data is")
    extra = {"parameter": "filter", "value": str(things)}
    raise ApiError(413, f"{said}: narrow the filter, or {other}.", extra=extra)


def _caption(snapshot: Snapshot, chosen: Filter, lang: Lang) -> Caption:
    """Language, day, filter in words and sources."""
    manifest = snapshot.generation.manifest
    sources = tuple(
        SourceLine(one.title[lang], one.publisher, one.licence, one.homepage, one.date) for one in manifest.sources
    )
    told = tuple((words(lang)[f"facet_{facet}"], text) for facet, text in _told(snapshot, chosen, lang))
    return Caption(lang, manifest.built, told, sources)


def _told(snapshot: Snapshot, chosen: Filter, lang: Lang) -> Iterator[tuple[str, str]]:
    """(facet, value in words) of all that narrows the map."""
    yield from (("kind", kind_name(one, lang)) for one in chosen.kinds)
    concepts = (SCHEMES["tech"][slug] for slug in chosen.techs)
    yield from (("tech", one.label_sv if lang == "sv" else one.label_en) for one in concepts)
    yield from (("county", getattr(snapshot.things.counties[one], lang)) for one in chosen.counties)
    yield from (("role", role_name(one, lang)) for one in chosen.roles)
    yield from (("tie", tie_name(one, lang)) for one in chosen.ties)
    yield from ((end, str(year)) for end, year in (("from", chosen.year_from), ("to", chosen.year_to)) if year)
    if chosen.text:
        yield "text", chosen.text
    if chosen.mode == "actors":
        yield "mode", words(lang)["mode_actors"]
    if chosen.ego:
        name = getattr(snapshot.things.name(snapshot.columns.node_of[chosen.ego]), lang)
        yield "ego", f"{name} ({words(lang)[f'ego_steps_{chosen.steps}']})"
