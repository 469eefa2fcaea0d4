"""The questions: a page of organisations, then what is said of them. Texts stand in `queries/`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

from ingest.contract import Extraction
from ingest.sources.wikidata.lists import lists
from ingest.sources.wikidata.options import Options
from ingest.sparql_client import Answer, Cell, Endpoint, EndpointError

ENTITY = "http://www.wikidata.org/entity/"
_ITEM = re.compile(re.escape(ENTITY) + "Q[1-9][0-9]*")
_QUERIES = Path(__file__).parent / "queries"

# An address costs little to send and much to find: pages of addresses are longer than pages of facts. With 20,000
# organisations on our own endpoint 200 addresses took 0.2 to 2.4 s, and all facts of 200 took 0.02 s.
LISTED = 10

Row = Mapping[str, Cell]


class Questions:
    """Asks one endpoint; every answer is kept in the raw store under a name that says which page it was."""

    def __init__(self, task: Extraction, options: Options, endpoint: Endpoint) -> None:
        self._task = task
        self._options = options
        self._endpoint = endpoint

    def date(self) -> str:
        """The day on which the endpoint's data was last changed; empty when it does not say."""
        rows = self._select("date", "date", {}).rows
        return rows[0]["date"].value[:10] if rows else ""

    def items(self, after: str) -> tuple[str, ...]:
        """The next `LISTED` pages of organisations after the address `after`; empty when there are no more."""
        codes = " ".join(f'"{code}"' for code in self._options.countries)
        values = {
            "classes": _named(lists().classes),
            "topics": _named(lists().topics),
            "country": f"VALUES ?code {{ {codes} }} ?item wdt:P17/wdt:P297 ?code ." if codes else "",
            "after": after or ENTITY,
            "limit": str(self._options.page_size * LISTED),
        }
        rows = self._select("items", f"items-after-{after.removeprefix(ENTITY) or 'start'}", values).rows
        found = tuple(row["item"].value for row in rows if "item" in row)
        if len(found) < len(rows) or not all(_ITEM.fullmatch(item) for item in found) or list(found) != sorted(found):
            raise EndpointError(f"{self._options.endpoint} answers with no items of Wikidata, or not in their order")
        if found and found[0] <= after:
            raise EndpointError(f"{self._options.endpoint} gives the same page again; the run would never end")
        return found

    def facts(self, items: Iterable[str]) -> Mapping[str, list[Row]]:
        """All rows by item."""
        asked = sorted(items)
        languages = ", ".join(f'"{code}"' for code in (*self._options.languages, "mul"))
        names = _named(item.removeprefix(ENTITY) for item in asked)
        answer = self._select(
            "facts", f"facts-from-{asked[0].removeprefix(ENTITY)}", {"items": names, "languages": languages}
        )
        found: dict[str, list[Row]] = {item: [] for item in asked}
        for row in answer.rows:
            item = row["item"].value if row.keys() >= {"item", "what", "value"} else ""
            if item not in found:
                raise EndpointError(f"{self._options.endpoint} answers with facts that were not asked for")
            found[item].append(row)
        return found

    def _select(self, query: str, page: str, values: Mapping[str, str]) -> Answer:
        text = Template((_QUERIES / f"{query}.rq").read_text("utf-8")).substitute(values)
        answer = self._endpoint.select(text)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{page}.json"
            file.write_bytes(answer.raw)
            self._task.keep(file)
        return answer


def _named(items: Iterable[str]) -> str:
    return " ".join(f"wd:{item}" for item in items)
