"""What frames the projects: programmes, the parts of programmes that are their legal basis, calls and topics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.contract import Record
from ingest.keys import slugged
from ingest.sources.cordis.cells import line_of_text
from ingest.sources.cordis.gather import Gathered, Project

FRAME = "frame"
NAMES: Mapping[str, tuple[str, str]] = {
    "h2020": ("Horizon 2020", "Horisont 2020"),
    "horizon": ("Horizon Europe", "Horisont Europa"),
    "fp7": ("Seventh Framework Programme", "Sjunde ramprogrammet"),
}
_LIST = re.compile(r"[;,]\s*")


class Frames:
    """Programmes and calls by key, each with the row that names it first."""

    def __init__(self, found: Gathered) -> None:
        self._found = found
        self._records: dict[str, Record] = {}
        for key, one in found.projects.items():
            self._note(key, one)

    def records(self) -> Iterator[Record]:
        """A record for each programme, part of a programme and call."""
        yield from self._records.values()

    def programmes(self, key: str, one: Project) -> Sequence[str]:
        """The keys of the parts of programmes that the project is under, or of its programme."""
        codes = self._bases(key, one)
        framework = self._framework(one)
        return [_key("programme", code) for code in codes] or ([framework] if framework else [])

    def calls(self, key: str, one: Project) -> Sequence[str]:
        """The keys of the calls and topics that led to the project."""
        codes = [*self.topics(key, one), *self._calls(one)]
        return list(dict.fromkeys(_key("call", code) for code in codes))

    def topics(self, key: str, one: Project) -> Mapping[str, str]:
        """Titles by code of topic; the title is empty where no table has it."""
        said = dict.fromkeys(filter(None, _LIST.split(line_of_text(one.values.get("topics", "")))), "")
        return said | self._found.topics.get(key, {})

    def _bases(self, key: str, one: Project) -> Sequence[str]:
        said = filter(None, _LIST.split(line_of_text(one.values.get("bases", ""))))
        return list(dict.fromkeys([*said, *self._found.bases.get(key, ())]))

    def _framework(self, one: Project) -> str:
        said = line_of_text(one.values.get("framework", ""))
        return _key("programme", said) if said else ""

    def _calls(self, one: Project) -> Sequence[str]:
        said = (line_of_text(one.values.get(name, "")) for name in ("call", "master"))
        return [code for code in said if code]

    def _note(self, key: str, one: Project) -> None:
        framework = self._framework(one)
        if framework:
            english, swedish = NAMES.get(slugged(one.values["framework"]), (one.values["framework"],) * 2)
            self._add(framework, one, "Programme", english, swedish)
        for code in self._bases(key, one):
            title = self._found.basis_titles.get(code, "")
            self._add(_key("programme", code), one, "Programme", title or code, "", code, framework)
        titles = self.topics(key, one)
        for code in [*titles, *self._calls(one)]:
            self._add(_key("call", code), one, "Call", titles.get(code) or code, "", code, framework)

    def _add(
        self, key: str, one: Project, kind: str, name: str, swedish: str, code: str = "", framework: str = ""
    ) -> None:
        before = self._records.get(key)
        if before is not None and (before.values["name"] != before.values["code"] or name == code):
            return
        values = {"key": key, "kind": kind, "name": name, "name_sv": swedish, "code": code}
        above = framework if framework != key else ""
        context = {"of": FRAME, "project": one.values["id"], "framework": above}
        self._records[key] = Record(one.file, one.line, values, context)


def _key(kind: str, code: str) -> str:
    return f"cordis:{kind}/{slugged(code)}"
