"""Sources to checked nodes to a new generation."""
