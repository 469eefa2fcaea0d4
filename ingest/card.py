"""The card of a source: `source.toml` in its folder. An unknown key is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.node import SourceCard
from ingest.problem import InputError, Problem

TEXTS = ("publisher", "homepage", "licence", "licence_proof", "refresh")
BOUNDS: Mapping[str, type] = {"min_records": int, "max_drop": float, "max_invalid": float}
REFRESH = frozenset({"never", "daily", "weekly", "monthly", "quarterly", "yearly"})


def read_card(path: Path) -> SourceCard:
    """The card in `path`; the name of the source is that of the folder. InputError with every fault of the file."""
    name = path.parent.name
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError([Problem(path.name, None, None, None, str(error), "mend the card of the source")]) from error
    faults = card_faults(raw)
    if faults:
        raise InputError([Problem(f"{name}/{path.name}", None, None, None, text, advice) for text, advice in faults])
    return card_of(name, raw)


def card_of(name: str, raw: Mapping[str, Any]) -> SourceCard:
    """The card of a source of that name, from what a file says; `card_faults` must have found nothing in it."""
    bounds, download = raw["bounds"], raw.get("download", {})
    return SourceCard(
        name=name,
        title=dict(raw["title"]),
        publisher=raw["publisher"],
        homepage=raw["homepage"],
        licence=raw["licence"],
        licence_proof=raw["licence_proof"],
        refresh=raw["refresh"],
        min_records=bounds["min_records"],
        max_drop=float(bounds.get("max_drop", 0.20)),
        max_invalid=float(bounds.get("max_invalid", 0.01)),
        curated=raw.get("curated", False),
        rank=raw.get("rank", 50),
        addresses=dict(download.get("addresses", {})),
        hosts=tuple(download.get("hosts", ())),
        options=dict(raw.get("options", {})),
    )


def card_faults(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what is wrong, what to do) for every fault of a card."""
    known = {"title", "bounds", "curated", "rank", "download", "options", *TEXTS}
    faults = [(f"unknown key {key!r}", f"known are {', '.join(sorted(known))}") for key in raw if key not in known]
    faults += [
        (f"{key} is missing or no text", f'write {key} = "..."')
        for key in TEXTS
        if not isinstance(raw.get(key), str) or not raw[key]
    ]
    if raw.get("refresh") not in REFRESH and isinstance(raw.get("refresh"), str):
        faults.append((f"refresh {raw['refresh']!r} is unknown", f"known are {', '.join(sorted(REFRESH))}"))
    title = raw.get("title")
    if not isinstance(title, dict) or set(title) != {"sv", "en"} or not all(isinstance(v, str) for v in title.values()):
        faults.append(("title must have sv and en", "write [title] with both"))
    if not isinstance(raw.get("curated", False), bool):
        faults.append(("curated is neither true nor false", "write curated = true, or leave it out"))
    rank = raw.get("rank", 50)
    if isinstance(rank, bool) or not isinstance(rank, int) or not 0 <= rank <= 100:
        faults.append(("rank is no whole number from 0 to 100", "write rank = 50, or leave it out"))
    options = raw.get("options", {})
    if not isinstance(options, dict) or not all(isinstance(value, str) for value in options.values()):
        faults.append(("[options] holds something that is no text", 'write name = "default"'))
    return [*faults, *_download_faults(raw.get("download", {})), *_bound_faults(raw.get("bounds"))]


def _download_faults(download: object) -> list[tuple[str, str]]:
    if not isinstance(download, dict) or download.keys() - {"addresses", "hosts"}:
        return [("[download] has other keys than addresses and hosts", "write both, or leave it out")]
    addresses, hosts = download.get("addresses", {}), download.get("hosts", [])
    if not isinstance(addresses, dict) or not isinstance(hosts, list):
        return [("[download] is not as it should be", 'write addresses = { name = "https://..." } and hosts = ["..."]')]
    return [
        (f"the address {address!r} of {name} is not https on one of the hosts", "mend it, or add its host to hosts")
        for name, address in addresses.items()
        if not isinstance(address, str) or not any(address.startswith(f"https://{host}/") for host in hosts)
    ]


def _bound_faults(bounds: object) -> list[tuple[str, str]]:
    if not isinstance(bounds, dict) or not isinstance(bounds.get("min_records"), int):
        return [("[bounds] with min_records is missing", "say how many records the source has at least")]
    faults = [
        (f"unknown bound {key!r}", f"known are {', '.join(BOUNDS)}") for key in sorted(bounds) if key not in BOUNDS
    ]
    for key in ("max_drop", "max_invalid"):
        value = bounds.get(key, 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            faults.append((f"{key} is not a share", "write a number from 0 to 1"))
    return faults
