"""Cards, the registry, and a source of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import registry
from ingest.card import read_card
from ingest.problem import InputError

CARD = """
publisher = "Somebody"
homepage = "https://example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
licence_proof = "https://example.org/licence"
refresh = "monthly"
[title]
sv = "Prov"
en = "Trial"
[bounds]
min_records = 3
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "trial" / "source.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def test_a_card_has_bounds_of_its_own_or_the_usual_ones(tmp_path: Path) -> None:
    card = read_card(write(tmp_path, CARD))
    assert (card.name, card.min_records, card.max_drop, card.max_invalid) == ("trial", 3, 0.20, 0.01)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("refresh =", "fresh =", "unknown key 'fresh'"),
        ('"monthly"', '"sometimes"', "refresh 'sometimes' is unknown"),
        ("min_records = 3", "least = 3", "min_records is missing"),
        ("min_records = 3", "min_records = 3\nmax_dropp = 0.1", "unknown bound 'max_dropp'"),
        ("min_records = 3", "min_records = 3\nmax_drop = 20", "max_drop is not a share"),
        ('sv = "Prov"', "", "title must have sv and en"),
        ("[title]", "[title", "Expected"),
    ],
)
def test_a_card_with_a_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_card(write(tmp_path, CARD.replace(old, new)))


def test_the_shipped_sources_are_found() -> None:
    assert "sweden" in registry.names()
    for card in registry.cards():
        assert registry.load(card.name).card == card
