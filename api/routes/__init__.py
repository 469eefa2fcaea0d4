"""The doors: one module a path. Each gives a router; `api.app` puts them together."""
