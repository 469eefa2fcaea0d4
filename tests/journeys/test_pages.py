from __future__ import annotations

import re

from tests.journeys.__main__ import NAMES, PAGES

_MOST = 2_000_000


def test_each_page_shows_all_its_pictures_and_no_other() -> None:
    filmed = [name for name in NAMES if (PAGES / f"{name}.md").is_file()]
    assert filmed
    for name in filmed:
        shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (PAGES / f"{name}.md").read_text("utf-8"))
        assert sorted(shown) == sorted(path.name for path in PAGES.glob(f"{name}-*.png"))
        assert f"({name}.md)" in (PAGES / "README.md").read_text("utf-8")


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in PAGES.glob("*.png")) < _MOST
