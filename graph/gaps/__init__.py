"""Where collaboration is missing: group gaps, missing pairs, and what stands around them.

Definitions and limits: docs/explanation/gaps.md. Every finding takes a `Collaboration`, which a `Scope` cuts out of the
columns, and gives an `Answer`: rows, coverage, and what it cannot say.
"""
