"""Who is who: records of many sources become things with ids that stay (docs/decisions/0012-who-is-who.md)."""

from ingest.resolve.ids import append_ids, read_ids
from ingest.resolve.resolved import Resolved, resolved

__all__ = ["Resolved", "append_ids", "read_ids", "resolved"]
