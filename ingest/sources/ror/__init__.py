"""The source `ror`: the Research Organization Registry, in both of its schemas."""
