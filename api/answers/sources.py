"""What each source gives, as JSON and as a table."""

from __future__ import annotations

from typing import Final, Literal

from api.models import Pair
from api.models_about import CoverageOut, HoldingOut, Known, Named, SourceOut, SourcesOut
from api.served import Snapshot
from graph.holdings import Coverage, Holding, holdings
from graph.ties import TIES
from ontology.terms import CLASSES, PROPERTIES
from visualisations.plain import csv_text

_MOST: Final = 12  # of classes, ties and properties
_HEADS: Final = (
    Pair(en="source", sv="källa"),
    Pair(en="title", sv="titel"),
    Pair(en="publisher", sv="utgivare"),
    Pair(en="licence", sv="licens"),
    Pair(en="date of the data", sv="datans datum"),
    Pair(en="read", sv="inläst"),
    Pair(en="records", sv="poster"),
    Pair(en="rejected", sv="avvisade"),
    Pair(en="organisations", sv="organisationer"),
    Pair(en="projects and other efforts", sv="projekt och andra insatser"),
    Pair(en="relations", sv="relationer"),
    Pair(en="facts", sv="uppgifter"),
    Pair(en="pages and records cited", sv="citerade sidor och poster"),
)


def sources_out(snapshot: Snapshot) -> SourcesOut:
    """The cards of the manifest with what the columns hold of each."""
    held, manifest = holdings(snapshot.columns), snapshot.generation.manifest
    return SourcesOut(
        generation=manifest.number,
        built=manifest.built,
        base=manifest.base,
        sha256=manifest.sha256,
        whole=_holding(held[None]),
        sources=[
            SourceOut(
                name=source.name,
                title=Pair(en=source.title["en"], sv=source.title["sv"]),
                publisher=source.publisher,
                homepage=source.homepage,
                licence=source.licence,
                date=source.date,
                started=source.started,
                records=source.records,
                rejected=source.rejected,
                holds=_holding(held[source.name]) if source.name in held else None,
            )
            for source in manifest.sources
        ],
    )


def sources_table(snapshot: Snapshot, lang: Literal["en", "sv"]) -> bytes:
    """One row a source: UTF-8 without a mark, RFC 4180."""
    lines: list[list[object]] = []
    for one in sources_out(snapshot).sources:
        card = (one.name, getattr(one.title, lang), one.publisher, one.licence, one.date, one.started)
        holds = one.holds
        gives: tuple[int, ...] = ()
        if holds is not None:
            gives = (holds.organisations, holds.efforts, holds.relations, holds.facts, holds.documents)
        lines.append([*card, one.records, one.rejected, *gives])
    return csv_text((getattr(pair, lang) for pair in _HEADS), lines).encode()


def _holding(held: Holding) -> HoldingOut:
    return HoldingOut(
        organisations=held.organisations,
        efforts=held.efforts,
        relations=held.relations,
        facts=held.facts,
        documents=held.documents,
        kinds=[Named(value=kind, name=_label(kind), count=count) for kind, count in held.kinds[:_MOST]],
        ties=[Named(value=tie, name=_tie(tie), count=count) for tie, count in held.ties[:_MOST]],
        properties=[Named(value=name, name=_label(name), count=count) for name, count in held.properties[:_MOST]],
        published=held.published,
        retrieved=held.retrieved,
        of_organisations=_coverage(held.of_organisations),
        of_efforts=_coverage(held.of_efforts),
    )


def _label(name: str) -> Pair:
    term = CLASSES.get(name) or PROPERTIES.get(name)
    return Pair(en=name, sv=name) if term is None else Pair(en=term.label_en, sv=term.label_sv)


def _tie(name: str) -> Pair:
    return Pair(en=TIES[name].en, sv=TIES[name].sv)


def _coverage(held: Coverage) -> CoverageOut:
    return CoverageOut(all=held.all, known=[Known(value=name, known=count) for name, count in held.known.items()])
