"""A SPARQL service under test: three addresses and a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import httpx
from pyoxigraph import RdfFormat, parse, serialize

from tests.contract.suite import Dataset, File

NTRIPLES: Final = "application/n-triples"


@dataclass(slots=True)
class Service:
    """`query`, `update` and `store` are the addresses of the protocols; `held` is what the store is known to hold."""

    query: str
    update: str
    store: str
    client: httpx.Client
    held: Dataset | None = field(default=None)

    def ask(self, query: str, accept: str) -> httpx.Response:
        """A query by direct POST."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.client.post(self.query, content=query.encode(), headers=headers)

    def change(self, update: str) -> httpx.Response:
        """An update by direct POST."""
        self.held = None
        return self.client.post(
            self.update, content=update.encode(), headers={"Content-Type": "application/sparql-update"}
        )

    def hold(self, dataset: Dataset) -> None:
        """Make the store hold this and nothing else."""
        if self.held == dataset:
            return
        if self.held is None or self.held.named or not dataset.default:
            self.change("DROP ALL").raise_for_status()
        for place, file in enumerate(dataset.default):
            self._send("POST" if place else "PUT", {"default": ""}, file)
        for name, file in dataset.named:
            self._send("POST", {"graph": name}, file)
        self.held = dataset

    def graph(self, name: str | None) -> bytes:
        """A graph as N-Triples; nothing when there is no such graph."""
        asked = {"default": ""} if name is None else {"graph": name}
        answer = self.client.get(self.store, params=asked, headers={"Accept": NTRIPLES})
        if name is not None and answer.status_code == httpx.codes.NOT_FOUND:
            return b""
        return answer.raise_for_status().content

    def _send(self, method: str, graph: dict[str, str], file: File) -> None:
        media, content = _body(file)
        headers = {"Content-Type": media}
        self.client.request(method, self.store, params=graph, content=content, headers=headers).raise_for_status()


def _body(file: File) -> tuple[str, bytes]:
    if file.path.suffix == ".ttl":
        return "text/turtle", f"@base <{file.iri}> .\n{file.text()}".encode()
    form = RdfFormat.from_extension(file.path.suffix[1:])
    assert form is not None, f"{file.path.name} is of no known format"
    content = serialize(parse(path=file.path, format=form, base_iri=file.iri), format=RdfFormat.N_TRIPLES)
    assert content is not None
    return NTRIPLES, content
