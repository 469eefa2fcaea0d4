"""Ten introductions for the next venture day: chosen, sent by link, printed on two pages at most, and as a table."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.visitor import visit

pytestmark = pytest.mark.browser


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_ten_introductions_are_a_link_a_sheet_and_a_table(
    browser: Browser, server: str, tmp_path: Path, lang: str
) -> None:
    with visit(browser, server, lang=lang) as visitor:
        visitor.open("/gaps?view=venture-day")
        page = visitor.page
        page.locator("a.button.primary").click()
        page.wait_for_url("**view=shortlist**")
        link = page.url
        visitor.errors = [error for error in visitor.errors if "status of 503" not in error]
    with visit(browser, server, lang=lang) as other:
        other.page.goto(link)
        page = other.page
        cards = page.locator("li.card")
        expect(cards.locator("h3")).to_have_count(10)
        save = page.get_by_role("button", name="CSV")
        expect(save).to_be_enabled()
        assert cards.evaluate_all("all => all.every(card => card.querySelector('.reasons'))")
        with page.expect_download() as download:
            save.click()
        download.value.save_as(tmp_path / "list.csv")
        rows = list(csv.reader(io.StringIO((tmp_path / "list.csv").read_text("utf-8"), newline="")))
        assert len(rows) == 11
        assert all(row[8] and row[3].startswith(f"{server}/org/") for row in rows[1:])
        assert _pages(page.pdf(format="A4")) <= 2
        page.emulate_media(media="print")
        assert page.locator("table tbody tr:visible").count() == 10
        expect(cards.first).to_be_hidden()
        page.emulate_media(media="screen")
        assert other.grave() == []
        cards.first.locator("button.drop").click()
        expect(cards).to_have_count(9)
        page.go_back()
        expect(cards).to_have_count(10)
        other.errors = [error for error in other.errors if "status of 503" not in error]


def test_a_pair_is_ticked_on_its_card_and_leads_on(browser: Browser, server: str) -> None:
    with visit(browser, server, width=360, dark=True) as visitor:
        visitor.open("/gaps?technology=hydrogen")
        page = visitor.page
        card = page.locator("article", has=page.get_by_text("What speaks for it")).first
        card.get_by_role("checkbox").check()
        page.wait_for_url("**pick=**")
        hrefs = card.locator("p.links a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
        assert [href.split("?")[0] for href in hrefs] == ["/path", "/compare", "/map"]
        page.get_by_role("link", name="Shortlist").click()
        expect(page.locator("li.card h3")).to_have_count(1)
        assert not visitor.scrolls_sideways()
        assert visitor.grave() == []
        visitor.open("/gaps?view=shortlist&pick=kth~nobody-at-all")
        expect(page.get_by_role("alert")).to_contain_text("cannot be shown")
        visitor.errors = [error for error in visitor.errors if "503" not in error and "404" not in error]
