"""`cleantech export collaboration`: the collaboration network of a scope as a file."""

from __future__ import annotations

from typing import Annotated, Literal

import typer
from networkx import MultiGraph

from api.commands.export_output import target, write
from api.commands.export_source import caption_of, generation_in
from api.commands.gaps_options import (
    AsOf,
    HalfLife,
    MaxPartners,
    Reach,
    Region,
    Rollup,
    Technology,
    Tie,
    Type,
    YearFrom,
    YearTo,
)
from api.commands.options import DEFAULT_DATA, Data
from graph.collaboration_graph import as_multigraph, collaboration_graph, two_mode_graph
from graph.columns import Columns
from graph.errors import GraphError
from graph.gaps.collaboration import collaboration
from graph.gaps.field import field
from graph.gaps.scope import Scope, ScopeError, scope_of
from graph.gaps.why import no_ties, nobody
from graph.gaps.words import say
from visualisations.caption import Lang
from visualisations.export import ExportError, exporter

Form = Literal["gexf", "graphml", "csv"]

_Out = Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write; - is standard output.")]
_Force = Annotated[bool, typer.Option("--force", help="Overwrite the file when it exists.")]
_Form = Annotated[Form, typer.Option("--format", help="The form of the file.")]
_TwoMode = Annotated[bool, typer.Option("--two-mode", help="Organisations and what they took part in.")]
_Lang = Annotated[Lang, typer.Option("--lang", help="The language of names.")]


def export_collaboration(
    data: Data = DEFAULT_DATA,
    out: _Out = "",
    force: _Force = False,
    form: _Form = "gexf",
    two_mode: _TwoMode = False,
    lang: _Lang = "en",
    technology: Technology = [],  # noqa: B006  Typer reads the default and never changes it
    region: Region = [],  # noqa: B006
    reach: Reach = "touching",
    type: Type = "",  # noqa: A002  the name of the option
    year_from: YearFrom = None,
    year_to: YearTo = None,
    as_of: AsOf = None,
    tie: Tie = [],  # noqa: B006
    max_partners: MaxPartners = 60,
    half_life: HalfLife = 5.0,
    rollup: Rollup = False,
) -> None:
    """The collaboration network: who works with whom, how strongly, in what, with the records."""
    try:
        path = target(out or f"cleantech-collaboration.{exporter(form).SUFFIX}", force)
        generation = generation_in(data)
        columns = Columns.load(generation.columns)
        scope = scope_of(
            columns,
            technology=technology,
            region=region,
            reach=reach,
            type=type,
            year_from=year_from,
            year_to=year_to,
            as_of=as_of,
            tie=tie,
            max_partners=max_partners,
            half_life=half_life,
            rollup=rollup,
        )
        content = exporter(form).render(_network(columns, scope, two_mode), caption_of(generation, lang, ()))
        write(path, content)
    except (ExportError, GraphError) as error:
        typer.echo(f"cleantech export: {_told(error)}", err=True)
        raise typer.Exit(2 if isinstance(error, ScopeError) else 1) from error
    if path is not None:
        typer.echo(f"{path} ({len(content) / 1000:,.0f} kB)", err=True)


def _network(columns: Columns, scope: Scope, two_mode: bool) -> MultiGraph:
    """The graph; ExportError when nobody has a tie in this scope."""
    net = collaboration(columns, scope)
    graph = two_mode_graph(net) if two_mode else collaboration_graph(net)
    if not graph.number_of_edges():
        why = no_ties(net, field(net).mask) if field(net).asked.any() else nobody(net)
        raise ExportError(say(why, "en", str))
    return as_multigraph(graph)


def _told(error: Exception) -> str:
    """The message, with the name of the option before it."""
    return f"--{error}" if isinstance(error, ScopeError) else str(error)
