"""What can be set, read once at an entry point: from `CLEANTECH_…` in the environment or from the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.connection import ConnectionLimits
from api.iris import is_iri
from graph.guard import Limits
from graph.readers import ReaderLimits
from graph.writer import WriterLimits

_PREFIX = "CLEANTECH_"
_OF_TESTS = ("CLEANTECH_REQUIRE_BROWSER",)  # read by the tests, which start servers
_ENDPOINT = re.compile(r"https?://[^/\s@?#]+", re.IGNORECASE)
_SITE = re.compile(r"'self'|'none'|\*|(https?://)?(\*\.)?[A-Za-z0-9.-]+(:(\d+|\*))?")
_ADDRESS = re.compile(r"https?://[^/\s@?#]+/")
Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Frozen; every field is a variable `CLEANTECH_<NAME>`. Lists are separated by commas."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    data: Path = Field(default=Path("var"), description="The data folder.")
    readers: int = Field(
        default=4, ge=1, le=64, description="How many queries run at the same time, each in its own process."
    )
    query_timeout: float = Field(
        default=10.0, gt=0, le=3600, description="Seconds of one query; a client may ask for less."
    )
    key_timeout: float = Field(default=60.0, gt=0, le=3600, description="Seconds of one query that is sent with a key.")
    query_memory: int = Field(default=1 << 30, ge=64 << 20, description="Bytes that one query may use.")
    query_size: int = Field(default=200_000, ge=1_000, description="Bytes of the text of a query.")
    query_nesting: int = Field(default=100, ge=1, description="How deep brackets of a query may nest.")
    query_operators: int = Field(default=1_000, ge=1, description="How many operators a query may have.")
    query_waiting: int = Field(default=32, ge=0, description="How many queries may wait for a reader.")
    query_per_address: int = Field(
        default=4, ge=1, description="How many queries of one address, or one key, may run or wait."
    )
    replica_quads: int = Field(
        default=2_000_000,
        ge=0,
        description="A store of at most so many quads is held in memory, too (about 0.4 GB a million); 0: none is.",
    )
    columns: bool = Field(
        default=True, description="Whether a store in memory is held as columns, too, which answer what they can."
    )
    cache_bytes: int = Field(default=64_000_000, ge=0, description="Bytes of answers that are kept to be given again.")
    service_to: Words = Field(default=(), description="SPARQL endpoints that SERVICE in a query may ask; none: none.")
    answer_bytes: int = Field(default=20_000_000, ge=1_000, description="Bytes of one answer.")
    answer_rows: int = Field(default=100_000, ge=1, description="Rows or triples of one answer.")
    update_timeout: float = Field(default=60.0, gt=0, le=3600, description="Seconds of one update or graph write.")
    update_memory: int = Field(default=1 << 30, ge=64 << 20, description="Bytes that one update may use.")
    update_waiting: int = Field(default=64, ge=1, description="How many updates may wait for the writer.")
    undo_quads: int = Field(default=200_000, ge=0, description="Quads to look at to tell what one edit changed.")
    load_from: Words = Field(
        default=(), description="What addresses begin with from which LOAD may read; none: no LOAD."
    )
    body_bytes: int = Field(default=16_000_000, ge=1_000, description="Bytes of the body of an update or a graph.")
    allowed_hosts: Words = Field(default=(), description="Names by which the server may be called, beside localhost.")
    public_url: str = Field(default="", description="The address of the server for the outside world, behind a proxy.")
    proxies: Words = Field(default=(), description="Addresses whose X-Forwarded-For and -Proto are believed.")
    contact: str = Field(
        default="", max_length=200, description="A mail or web address to which errors in the data are reported."
    )
    log: Literal["text", "json", "off"] = Field(default="text", description="What is written to stderr.")
    head_bytes: int = Field(default=1 << 20, ge=1_000, description="Bytes of request line and headers.")
    head_timeout: float = Field(default=10.0, gt=0, description="Seconds until a head must be whole.")
    idle_timeout: float = Field(default=75.0, gt=0, description="Seconds of an open connection without a request.")
    body_stall: float = Field(default=10.0, gt=0, description="Seconds without a byte of a body.")
    body_timeout: float = Field(default=60.0, gt=0, description="Seconds until a body must be whole.")
    answer_stall: float = Field(default=30.0, gt=0, description="Seconds without a byte taken of an answer.")
    connections: int = Field(default=1_000, ge=10, description="How many connections may be open.")
    rest_per_address: int = Field(default=16, ge=1, description="Requests to /api/v1 of one address at a time.")
    rest_running: int = Field(default=64, ge=1, description="Requests to /api/v1 at a time.")
    gaps_running: int = Field(default=2, ge=1, le=16, description="Analyses of the gap finder at a time.")
    gaps_waiting: int = Field(default=8, ge=0, description="How many more of them may wait.")
    rest_timeout: float = Field(default=10.0, gt=0, description="Seconds of one answer of /api/v1.")
    frame_ancestors: Words = Field(default=("'none'",), description="Sites that may show the pages in a frame.")
    embed_ancestors: Words = Field(
        default=("'self'",),
        description="Sites that may show the pages below /embed/ in a frame, such as https://example.org.",
    )

    @field_validator(
        "allowed_hosts", "frame_ancestors", "embed_ancestors", "proxies", "service_to", "load_from", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value

    @field_validator("frame_ancestors", "embed_ancestors")
    @classmethod
    def _sites(cls, sites: tuple[str, ...]) -> tuple[str, ...]:
        """Words of a Content Security Policy: what is none would end the directive, or begin another."""
        for site in sites:
            if not _SITE.fullmatch(site):
                raise ValueError(f"{site[:100]} is no site such as https://example.org, 'self', 'none' or *")
        return sites

    @field_validator("public_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        """Without a slash at the end, so that a path can follow."""
        if value and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("an address such as https://map.example.org is needed")
        return value.rstrip("/")

    @property
    def connection_limits(self) -> ConnectionLimits:
        """What one connection may do."""
        return ConnectionLimits(
            head=self.head_bytes,
            connections=self.connections,
            idle=self.idle_timeout,
            head_seconds=self.head_timeout,
            stall=self.body_stall,
            body=self.body_timeout,
            answer=self.answer_stall,
        )

    @field_validator("load_from")
    @classmethod
    def _addresses(cls, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """A prefix without the / after the host would allow hosts whose names go on."""
        for prefix in prefixes:
            if not _ADDRESS.match(prefix):
                raise ValueError(f"{prefix} must begin with http(s)://host/")
        return prefixes

    @field_validator("service_to")
    @classmethod
    def _endpoints(cls, iris: tuple[str, ...]) -> tuple[str, ...]:
        for iri in iris:
            if not (_ENDPOINT.match(iri) and is_iri(iri)):
                raise ValueError(f"{iri} is no endpoint such as https://example.org/sparql")
        return iris

    @field_validator("proxies")
    @classmethod
    def _networks(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        for network in named:
            try:
                ip_network(network)
            except ValueError as error:
                raise ValueError(f"{network} is no address or network such as 10.0.0.0/8: {error}") from error
        return named

    @property
    def reader_limits(self) -> ReaderLimits:
        """What one query may use."""
        return ReaderLimits(
            seconds=self.query_timeout,
            memory=self.query_memory,
            answer_bytes=self.answer_bytes,
            rows=self.answer_rows,
            waiting=self.query_waiting,
            each=self.query_per_address,
            replica_quads=self.replica_quads,
            columns=self.columns,
        )

    @property
    def writer_limits(self) -> WriterLimits:
        """What one edit may use."""
        return WriterLimits(
            seconds=self.update_timeout,
            memory=self.update_memory,
            waiting=self.update_waiting,
            nesting=self.query_nesting,
            operators=self.query_operators,
            undo_quads=self.undo_quads,
            load_from=self.load_from,
            load_bytes=self.body_bytes,
        )

    @property
    def guard_limits(self) -> Limits:
        """How large the text of a query may be."""
        return Limits(size=self.query_size, nesting=self.query_nesting, operators=self.query_operators)


def misspelt(variables: Iterable[str]) -> Iterator[str]:
    """A line for each variable that looks like a setting and is none."""
    names = [f"{_PREFIX}{name.upper()}" for name in Settings.model_fields]
    for variable in sorted(variables):
        name = variable.upper()
        if name.startswith(_PREFIX) and name not in (*names, *_OF_TESTS):
            near = get_close_matches(name, names, 1, 0.85)
            yield f"there is no setting {variable[:100]}{f'; did you mean {near[0]}?' if near else ''}"
