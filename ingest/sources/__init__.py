"""The sources, one folder each; `ingest.registry` finds them."""
