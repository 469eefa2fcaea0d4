"""Reader processes and the guard before them."""
