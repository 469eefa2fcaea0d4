"""Queries that are answered from columns: always as the engine would answer them."""
