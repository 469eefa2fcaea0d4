from __future__ import annotations

import pytest

from graph.spoken import spoken


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("FUNDACAO PARA A CIENCIA E A TECNOLOGIA", "Fundacao para a Ciencia…"),
        ("THE UNIVERSITY OF SALFORD", "The University of Salford"),
        ("CONSIGLIO NAZIONALE DELLE RICERCHE", "Consiglio Nazionale…"),
        ("GLOBAZ, S.A.", "Globaz, S.A."),
        ("NUTRICIA RESEARCH BV", "Nutricia Research BV"),
        ("SINTEF", "SINTEF"),
        ("KTH Royal Institute of Technology", "KTH Royal Institute…"),
        ("Cleantech Scandinavia (Lund)", "Cleantech Scandinavia"),
        ("(X)", "(X)"),
        ("DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFT AG", "Donaudampfschifffahrtsgesellscha…"),
        ("", ""),
    ],
)
def test_a_name_is_written_as_people_write_it(name: str, told: str) -> None:
    assert spoken(name) == told
