"""Companies and organisations of clean energy in Wikidata, asked for by SPARQL."""
