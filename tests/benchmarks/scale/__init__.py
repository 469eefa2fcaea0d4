"""The ingest of the real data at full size, beside a bare load of the same quads and beside morph-kgc."""
