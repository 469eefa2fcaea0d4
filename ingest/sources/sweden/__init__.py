"""The Swedish cleantech ecosystem, curated by hand: the source that ships with the project."""
