"""Resolution of who is who."""
