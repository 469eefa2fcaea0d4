"""Run as a program: load an N-Quads file into rdflib and serve it. The serving process is a fork, to be replaced when killed."""

from __future__ import annotations

import os
import socket
import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main(file: str, port: int) -> None:
    """Serve until killed."""
    held = Dataset()
    held.parse(file, format="nquads")
    app = SparqlEndpoint(graph=held)
    with socket.create_server(("127.0.0.1", port), backlog=64) as listener:
        while True:
            child = os.fork()
            if child == 0:
                uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
