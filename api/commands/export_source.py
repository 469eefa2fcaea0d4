"""What is exported from: the published generation, and what stands beside its picture."""

from __future__ import annotations

from pathlib import Path

from graph.generation import DataFolder, Generation
from visualisations.caption import Caption, Lang, SourceLine
from visualisations.export import ExportError


def generation_in(data: Path) -> Generation:
    """The published generation; ExportError when there is none."""
    held = DataFolder(data).current()
    if held is None:
        raise ExportError(f"nothing was ingested into {data} yet; run `cleantech ingest sweden --data {data}` first")
    return held


def caption_of(generation: Generation, lang: Lang, told: tuple[tuple[str, str], ...]) -> Caption:
    """The date and sources of the generation."""
    sources = tuple(
        SourceLine(source.title[lang], source.publisher, source.licence, source.homepage, source.date)
        for source in generation.manifest.sources
    )
    return Caption(lang, generation.manifest.built, told, sources)
