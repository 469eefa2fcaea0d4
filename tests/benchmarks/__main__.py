"""`python -m tests.benchmarks [--only NAME]... [--runs N] [--format table|json]`: measure and print (`--help` for more)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.benchmarks import measures
from tests.benchmarks.machine import machine
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError
from tests.benchmarks.sparql.compared import PEERS
from tests.benchmarks.sparql.dataset import SOURCES


def main() -> int:
    """Measure what was asked for; 1 when a benchmark failed."""
    names = sorted(module.name for module in iter_modules(measures.__path__))
    asked = _arguments(names)
    rows: list[Row] = []
    missing: dict[str, str] = {}
    failed = False
    with TemporaryDirectory(prefix="cleantech-bench-") as folder:
        rig = Rig(Path(folder), asked.runs, asked.scale, asked.keep, asked.peer, asked.source)
        for name in asked.only or names:
            print(f"measuring {name} ...", file=sys.stderr)
            measure: Callable[[Rig], Iterable[Row]] = import_module(f"{measures.__name__}.{name}").measure
            try:
                rows += measure(rig)
            except SkippedError as reason:
                missing[name] = f"skipped: {reason}"
            except Exception as error:
                missing[name] = f"failed: {type(error).__name__}: {error}"
                failed = True
    if asked.markdown is not None:
        asked.markdown.write_text("\n".join(rig.texts.values()), "utf-8")
    _print_json(rows, missing, rig) if asked.format == "json" else _print_table(rows, missing, rig)
    return int(failed)


def _arguments(names: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description="Measured numbers of this machine.")
    parser.add_argument("--only", action="append", choices=names, help="this benchmark alone; may be repeated")
    parser.add_argument("--runs", type=int, default=5, help="how often to repeat each (the median is told)")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--scale", type=float, default=0.1, help="sparql: size of its data; 1 is as large as CORDIS")
    parser.add_argument("--keep", type=Path, help="sparql: build the data in this folder, or take what is there")
    parser.add_argument(
        "--peer", action="append", choices=sorted(PEERS), help="sparql: this peer alone; may be repeated"
    )
    parser.add_argument(
        "--source",
        choices=sorted(SOURCES),
        default="generated",
        help="sparql: generated data, or a share of the real CORDIS",
    )
    parser.add_argument(
        "--markdown", type=Path, help="write the tables of the benchmarks that have some to this file, too"
    )
    return parser.parse_args()


def _print_json(rows: list[Row], missing: dict[str, str], rig: Rig) -> None:
    held = {"machine": machine(), "rows": [asdict(row) for row in rows], "missing": missing, **rig.details}
    print(json.dumps(held, indent=1, ensure_ascii=False))


def _print_table(rows: list[Row], missing: dict[str, str], rig: Rig) -> None:
    for text in rig.texts.values():
        print(text)
    table = Table()
    table.add_column("what")
    for column in ("median", "least", "greatest", "runs"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            row.what, f"{_digits(row.value)} {row.unit}", _digits(row.least), _digits(row.greatest), str(row.runs)
        )
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    for name, reason in missing.items():
        console.print(f"{name} {reason}", markup=False)
    console.print(", ".join(f"{name} {told}" for name, told in machine().items()), highlight=False)


def _digits(value: float | None) -> str:
    """Three digits are as exact as such numbers are."""
    return "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
