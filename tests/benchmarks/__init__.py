"""Measured numbers of this machine: `make bench`. Nothing here is a test; no test waits for a clock."""
