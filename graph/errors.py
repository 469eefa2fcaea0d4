"""What can go wrong in the graph room, for callers to catch."""

from __future__ import annotations


class GraphError(Exception):
    """The root of all errors of this package."""


class DataFolderError(GraphError):
    """The data folder cannot be read or written, or holds something that no build made."""


class LockedError(DataFolderError):
    """Another process is building a generation in the same data folder."""


class StoreError(GraphError):
    """The store cannot be opened, read or written."""


class BuildError(GraphError):
    """The nodes contradict each other or point to nothing; no generation was published."""
