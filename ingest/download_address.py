"""Which addresses may be read: https, a listed host and port, no name or password, no address inside our own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Iterable
from urllib.parse import SplitResult, urlsplit

from ingest.problem import InputError, Problem

HTTPS_PORT = 443


class DownloadError(InputError):
    """An address may not or cannot be read; the message says which, why, and what to do."""

    def __init__(self, address: str, message: str, advice: str) -> None:
        super().__init__([Problem(shown(address), None, None, None, message, advice)])


def shown(address: str) -> str:
    """The address for a message: without name, password and query, in which secrets may stand."""
    bare = address.partition("#")[0].partition("?")[0]
    scheme, slashes, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"[:300]


def check_address(address: str, hosts: Collection[str]) -> SplitResult:
    """The parts of an address that may be asked for; DownloadError otherwise. `hosts` are `host` or `host:port`."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port or HTTPS_PORT
    except ValueError as error:
        raise DownloadError(address, "is no address", "write https://host/path") from error
    if parts.scheme != "https":
        raise DownloadError(address, f"is {parts.scheme or 'nothing'}, not https", "only https is read")
    if "@" in parts.netloc:
        raise DownloadError(address, "holds a name or a password", "leave out what stands before @")
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in address):
        raise DownloadError(address, "holds a space or a control character", "percent-encode it")
    listed = {(name.lower(), HTTPS_PORT) for name in hosts if ":" not in name}
    listed |= {(name.lower(), int(number)) for name, _, number in (entry.partition(":") for entry in hosts) if number}
    if (host.lower(), port) not in listed:
        where = host if port == HTTPS_PORT else f"{host}:{port}"
        message = f"leads to {where}, which is not among the hosts {', '.join(hosts) or '(none)'}"
        raise DownloadError(address, message, "add it to [download] hosts on the card of the source, if it is right")
    return parts


def check_place(address: str, host: str, port: int, inside: Collection[str]) -> None:
    """Ask where the host is; DownloadError when it is in our own network and not one of `inside`. OSError of the resolver."""
    if host.lower() not in inside:
        check_numbers(address, {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def check_numbers(address: str, numbers: Iterable[str]) -> None:
    """DownloadError when one of the IP addresses is not of the public internet."""
    for number in numbers:
        found = ipaddress.ip_address(number.partition("%")[0])
        plain = getattr(found, "ipv4_mapped", None) or found
        if not plain.is_global or plain.is_multicast:
            message = f"leads to {plain}, which is not of the public internet"
            raise DownloadError(address, message, "download the file yourself and give it with --input")
