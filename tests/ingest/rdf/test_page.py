"""The mapping on the page about RDF works as it is written."""

from __future__ import annotations

import re
from pathlib import Path

from graph.node import Concept, Iri, Ref
from tests.ingest.rdf.given import Given

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "wikidata-and-rdf.md"
DATA = """
@prefix v: <https://v.example/terms#> .
@prefix : <https://d.example/> .
:a a v:Bolag ; v:benamning "Alfa"@sv ; v:telefon "08-123" ; v:kontakt [ v:webb <https://alfa.example/> ] ; v:dotterbolag :b ;
    v:adress [ v:ort "Lund" ; v:land "SE" ; v:gata "Gatan 1" ] ; v:medlemI :n .
:b a v:Bolag ; v:benamning "Beta"@sv .
:n a v:Bolag ; v:benamning "Nätet"@sv .
[] a v:Deltagande ; v:vem :b ; v:vad :n ; v:roll "maskot" .
"""


def test_the_mapping_of_the_page(given: Given) -> None:
    (mapping,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    given.write("mapping.toml", mapping)
    given.write("data.ttl", DATA)
    given.read()
    assert given.rejects == []
    assert given.named("Alfa").values["homepage"] == [Iri("https://alfa.example/")]
    assert given.named("Beta").values["unitOf"] == [given.ref("Alfa")]
    (site,) = given.of("Site")
    assert site.values["place"] == [Ref("place/lund")]
    assert site.values["siteKind"] == [Concept("site", "head-office")]
    (part,) = given.of("Participation")
    assert part.values["note"] == ["maskot"]
    assert len(given.of("Membership")) == 1
    assert "1 dropped at the door: contact data" in given.warnings
