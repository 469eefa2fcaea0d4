"""RDF files of others, in their words or in ours, through the shapes of the ontology."""
