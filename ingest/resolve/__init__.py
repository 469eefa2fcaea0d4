"""Who is who: records of many sources become things with ids that stay (docs/decisions/0012-who-is-who.md)."""

from ingest.resolve.ids import append_ids, read_ids
from ingest.resolve.resolved import Resolved, resolved
from ingest.resolve.summary import Resolution

__all__ = ["Resolution", "Resolved", "append_ids", "read_ids", "resolved"]
