"""What was dropped or is odd, counted, with the first places where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

SHOWN = 5


class Tally(Counter[str]):
    """Counts by text. `note` adds one and keeps its place, of which the first five are told."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, list[str]] = {}

    def note(self, text: str, place: str) -> None:
        """One more; `place` is `file:line`."""
        self[text] += 1
        places = self._places.setdefault(text, [])
        if len(places) < SHOWN:
            places.append(place)

    def lines(self) -> Iterator[str]:
        """`2 home pages are ... (organization.csv:3, organization.csv:9)`, in the order of the texts."""
        for text, count in sorted(self.items()):
            places = self._places.get(text, [])
            more = ", …" if len(places) < count else ""
            yield f"{count} {text} ({', '.join(places)}{more})" if places else f"{count} {text}"
