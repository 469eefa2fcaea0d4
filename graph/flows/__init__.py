"""Money from those who pay to those who get it, each sum once, with what is not known beside it."""
