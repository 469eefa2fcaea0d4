"""How stable the gaps between groups are, how often chance looks like one, and how fast they are counted."""
