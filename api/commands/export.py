"""`cleantech export FORMAT`: the map, or the part that filters leave of it, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.export_collaboration import export_collaboration
from api.commands.export_filter import Typed, filter_of
from api.commands.export_output import target, write
from api.commands.export_source import caption_of, generation_in
from graph.columns import Columns
from graph.errors import GraphError
from graph.network import network
from graph.search import Search
from graph.selection import Selection, select
from visualisations.caption import Caption
from visualisations.choices import ChoiceError, Choices
from visualisations.export import ExportError, exporter, names, summary

export_app = typer.Typer(help="Write the map, or a part of it, as a file.", no_args_is_help=True)

DataOption = Annotated[Path, typer.Option("--data", metavar="DIR", envvar="CLEANTECH_DATA", help="The data folder.")]
OutOption = Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write; - is standard output.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite the file when it exists.")]
LangOption = Annotated[Literal["en", "sv"], typer.Option("--lang", help="The language of names and words.")]
KindOption = Annotated[list[str], typer.Option("--kind", help="Only this kind of thing, such as Company.")]
TechOption = Annotated[list[str], typer.Option("--tech", help="Only this technology, such as batteries.")]
CountyOption = Annotated[list[str], typer.Option("--county", help="Only this county, such as place/se-ab.")]
RoleOption = Annotated[list[str], typer.Option("--role", help="Only links in this role, such as coordinator.")]
TieOption = Annotated[list[str], typer.Option("--tie", help="Only links of this sort, such as funding.")]
FromOption = Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Active in this year or later.")]
ToOption = Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Active in this year or earlier.")]
TextOption = Annotated[str, typer.Option("--text", help="Only what a search for these words finds.")]
EgoOption = Annotated[str, typer.Option("--ego", metavar="KEY", help="Only this and what is near it.")]
StepsOption = Annotated[int, typer.Option("--steps", min=1, max=2, help="How many links away from --ego.")]
ModeOption = Annotated[Literal["all", "actors"], typer.Option("--mode", help="actors: organisations alone.")]


def _register(name: str) -> None:
    """Give an exporter its command."""

    @export_app.command(name, help=summary(name))
    def export(
        data: DataOption = Path("var"),
        out: OutOption = "",
        force: ForceOption = False,
        lang: LangOption = "en",
        kind: KindOption = [],  # noqa: B006  Typer reads the default and never changes it
        tech: TechOption = [],  # noqa: B006
        county: CountyOption = [],  # noqa: B006
        role: RoleOption = [],  # noqa: B006
        tie: TieOption = [],  # noqa: B006
        year_from: FromOption = None,
        year_to: ToOption = None,
        text: TextOption = "",
        mode: ModeOption = "all",
        ego: EgoOption = "",
        steps: StepsOption = 1,
    ) -> None:
        values = {"kind": kind, "tech": tech, "county": county, "role": role, "tie": tie}
        typed = Typed(values, year_from, year_to, text, mode, ego, steps)
        try:
            path = target(out or f"cleantech-map.{exporter(name).SUFFIX}", force)
            generation = generation_in(data)
            columns = Columns.load(generation.columns)
            kept, told = filter_of(Choices(columns), typed, lang)
            selection = select(columns, Search(generation.search), kept)
            content = _render(name, columns, selection, caption_of(generation, lang, told))
            write(path, content)
        except (ExportError, GraphError, ChoiceError) as error:
            typer.echo(f"cleantech export: {error}", err=True)
            raise typer.Exit(2 if isinstance(error, ChoiceError) else 1) from error
        if path is not None:
            typer.echo(f"{path} ({len(content) / 1000:,.0f} kB)", err=True)


for _name in names():
    _register(_name)

export_app.command(
    "collaboration", help="The collaboration network: who works with whom, how strongly, in what, with the records."
)(export_collaboration)


def _render(name: str, columns: Columns, selection: Selection, caption: Caption) -> bytes:
    """The file; ExportError when the selection is empty."""
    if not len(selection.nodes):
        raise ExportError("nothing matches these filters; leave one out")
    return exporter(name).render(network(columns, selection), caption)
