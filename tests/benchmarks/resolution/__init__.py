"""How well records of several sources are joined: labelled pairs, baselines, and the queue of the review."""
