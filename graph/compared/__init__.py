"""Two regions, technologies, networks or organisations side by side: what both have, what one has, what flows between."""
