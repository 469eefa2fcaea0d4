"""Is the service what the specifications say? The W3C suite and the usual clients, over HTTP."""
