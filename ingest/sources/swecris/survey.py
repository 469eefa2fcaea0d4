"""All rows together: the good ones as records with what they must know of others, the bad ones as problems."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.contract import Record
from ingest.problem import Problem
from ingest.sources.swecris.grants import Grant, settle
from ingest.sources.swecris.parties import organisations
from ingest.sources.swecris.rows import rows
from ingest.sources.swecris.twins import is_own, other_sum, total, twins


@dataclass(slots=True)
class Survey:
    """`said`: every row in its order, settled or rejected. `people`: the cells with people that were dropped, by column."""

    said: list[Grant | Problem] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, raw: bytes) -> None:
        """Take in one file."""
        for row in rows(name, raw, self.people):
            one = row if isinstance(row, Problem) else settle(row)
            if isinstance(one, Grant):
                before = self.ids.setdefault(one.id, one.where)
                if before != one.where:
                    advice = "keep one of the two rows"
                    one = Problem(one.file, one.line, "projectId", one.id, f"is already the id of {before}", advice)
            self.said.append(one)

    @property
    def grants(self) -> list[Grant]:
        """The good rows."""
        return [one for one in self.said if isinstance(one, Grant)]

    def records(self) -> Iterator[Record | Problem]:
        """The organisations, then the grants, each once."""
        found = twins(self.grants)
        repeats = {twin.id for same in found.values() for twin in same}
        yield from organisations(self.grants)
        for one in self.said:
            if isinstance(one, Problem):
                yield one
            elif one.id not in repeats:
                yield _record(one, found.get(one.id, ()))

    def warnings(self) -> Iterator[str]:
        """What was left out, or counted once, in words with numbers."""
        grants = self.grants
        found = twins(grants)
        by_id = {grant.id: grant for grant in grants}
        repeats = [twin for same in found.values() for twin in same]
        if repeats:
            differ = sum(other_sum(by_id[kept], twin) for kept, same in found.items() for twin in same)
            yield (
                f"{len(repeats):,} rows repeat a grant of another funder (same number, title and coordinating organisation): "
                f"{total(repeats) / 10**9:.2f} billion SEK counted once; {differ} of them state another sum, kept as a note"
            )
        alone = sum(not is_own(grant) for grant in grants) - sum(not is_own(twin) for twin in repeats)
        if alone:
            yield f"{alone:,} rows bear a number that is not one of their funder, but no other row has it: counted as they are"
        for what, count in (
            ("coordinating organisations that may be natural persons: left out", _personal(grants)),
            ("grants without a number of their coordinating organisation", _without(grants)),
            ("projects that end before they begin: both dates left out", sum(not one.dates_agree for one in grants)),
        ):
            if count:
                yield f"{count:,} {what}"
        for column, count in sorted(self.people.items()):
            yield f"{count:,} cells of the column {column}, which holds people: dropped unread"

    @property
    def newest(self) -> str:
        """The day on which the last row was loaded."""
        return max((grant.loaded[:10] for grant in self.grants), default="")


def _personal(grants: Sequence[Grant]) -> int:
    return sum(grant.coordinator.personal for grant in grants)


def _without(grants: Sequence[Grant]) -> int:
    return sum(not grant.coordinator.number and not grant.coordinator.personal for grant in grants)


def _record(grant: Grant, same: Sequence[Grant]) -> Record:
    """What this row does not tell, the rows that repeat it may."""
    names = (
        "title_sv",
        "title_en",
        "text_sv",
        "text_en",
        "start",
        "end",
        "sek",
        "year",
        "paid_from",
        "paid_to",
        "award",
    )
    values = {name: next((v for one in (grant, *same) if (v := getattr(one, name))), "") for name in names}
    if not grant.dates_agree:
        values |= {"start": "", "end": ""}
    values |= {
        "id": grant.id,
        "number": grant.number,
        "funder": grant.funder.number,
        "coordinator": grant.coordinator.number,
    }
    values["subjects"] = "\n".join(next((one.subjects for one in (grant, *same) if one.subjects), ()))
    repeated = [
        {
            "id": twin.id,
            "where": twin.where,
            "funder": twin.funder.name_en or twin.funder.name_sv,
            "sek": twin.sek,
            "differs": "yes" if other_sum(grant, twin) else "",
        }
        for twin in same
    ]
    return Record(grant.file, grant.line, values, {"twins": json.dumps(repeated, ensure_ascii=False)})
