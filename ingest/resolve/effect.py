"""What would change if two things became one: how many relations they have, and how much money runs through these."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.node import Money, Ref, SourceNodes
from graph.rates import in_euro
from ontology.schema import is_a


@dataclass(frozen=True, slots=True)
class Effects:
    """Relations, and euro in them, by the key of a record."""

    relations: Mapping[str, int]
    euro: Mapping[str, float]

    @classmethod
    def of(cls, sources: Sequence[SourceNodes]) -> Effects:
        """Count what points to each thing."""
        relations: Counter[str] = Counter()
        euro: dict[str, float] = defaultdict(float)
        for source in sources:
            for node in source.nodes:
                if node.kind == "Site" or not is_a(node.kind, "Relation"):
                    continue
                keys = {value.key for values in node.values.values() for value in values if type(value) is Ref}
                relations.update(keys)
                sums = [
                    in_euro(v.value, v.currency, v.year) for v in node.values.get("amount", ()) if isinstance(v, Money)
                ]
                if sums and sums[0] is not None:
                    for key in keys:
                        euro[key] += float(sums[0])
        return cls(relations, euro)

    def weight(self, one: Sequence[str], other: Sequence[str]) -> float:
        """1 when nothing would move; more with the relations and the millions of euro of the lesser of two things."""
        sides = (one, other)
        relations = min(sum(self.relations.get(key, 0) for key in keys) for keys in sides)
        millions = min(sum(self.euro.get(key, 0.0) for key in keys) for keys in sides) / 1e6
        return 1.0 + math.log2(1 + relations) + math.log2(1 + millions) / 2
