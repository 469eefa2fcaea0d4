"""Key figures, sources and the questions to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from api.models import Pair, SourceCardOut, StartingQuestion, Stats
from api.served import Snapshot


@dataclass(frozen=True, slots=True)
class _Start:
    """Shown only when all keys that it `needs` are in the map."""

    id: str
    en: str
    sv: str
    href: str
    needs: tuple[str, ...] = ()


_NETWORK = "stockholm-cleantech-business-network"
_STARTS = (
    _Start(
        "founders",
        "Who founded the Stockholm Cleantech Business Network, and in what role?",
        "Vilka grundade Stockholm Cleantech Business Network, och i vilken roll?",
        f"/org/{_NETWORK}",
        (_NETWORK,),
    ),
    _Start(
        "batteries",
        "Who works on batteries, and where?",
        "Vilka arbetar med batterier, och var?",
        "/map?tech=batteries",
        ("tech/batteries",),
    ),
    _Start(
        "university",
        "With whom does KTH work, and in which projects?",
        "Med vilka samarbetar KTH, och i vilka projekt?",
        "/org/kth",
        ("kth",),
    ),
    _Start(
        "money",
        "Who has paid for cleantech since 2015?",
        "Vilka har betalat för miljöteknik sedan 2015?",
        "/map?tie=funding&tie=investment&from=2015",
    ),
    _Start(
        "start-ups",
        "Which start-ups are there in Stockholm County?",
        "Vilka startupföretag finns i Stockholms län?",
        "/map?kind=StartUp&county=place/se-ab",
        ("place/se-ab",),
    ),
    _Start(
        "gaps",
        "Who works together less than expected, and whom should somebody introduce?",
        "Vilka samarbetar mindre än väntat, och vilka borde någon föra samman?",
        "/gaps",
    ),
)


def stats(snapshot: Snapshot, contact: str = "") -> Stats:
    """The figures of the build, as its manifest has them."""
    manifest = snapshot.generation.manifest
    return Stats(
        generation=manifest.number,
        built=manifest.built,
        counts=dict(manifest.counts),
        sources=[
            SourceCardOut(
                name=source.name,
                title=Pair(en=source.title["en"], sv=source.title["sv"]),
                publisher=source.publisher,
                licence=source.licence,
                homepage=source.homepage,
                date=source.date,
                records=source.records,
            )
            for source in manifest.sources
        ],
        questions=list(_questions(snapshot, _STARTS)),
        contact=contact or None,
    )


def _questions(snapshot: Snapshot, starts: Iterable[_Start]) -> Iterator[StartingQuestion]:
    for start in starts:
        if all(key in snapshot.columns.node_of for key in start.needs):
            title = Pair(en=start.en, sv=start.sv)
            yield StartingQuestion(id=start.id, title=title, href=quote(start.href, safe="/?=&"))
