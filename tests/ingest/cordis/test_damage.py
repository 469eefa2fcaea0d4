"""Letters that were damaged on their way into CORDIS."""

from __future__ import annotations

import pytest

from ingest.sources.cordis.damage import mended


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Exempelf√∂retaget", "Exempelföretaget"),
        ("PR√ñVNINGSANSTALTEN √ÖL", "PRÖVNINGSANSTALTEN ÅL"),
        ("Piƒôkny Przyk≈Çad", "Piękny Przykład"),
        ("ExempelfÃ¶retaget", "Exempelföretaget"),
        ("Exempelföretaget i Ål", "Exempelföretaget i Ål"),
        ("√2 Consulting", "√2 Consulting"),
        ("São Exemplo", "São Exemplo"),
        ("IRMÃ", "IRMÃ"),
        ("Example Works", "Example Works"),
    ],
)
def test_a_name_is_mended_only_when_all_of_it_was_damaged_alike(said: str, meant: str) -> None:
    assert mended(said) == meant
