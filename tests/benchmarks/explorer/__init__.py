"""The explorer on clustered networks of a known size, beside vis-network."""
