"""The graph: store, generations, reader processes, columns, search, network."""
