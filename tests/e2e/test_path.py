"""The page of paths in a browser: from two names to a way with its records, by link, by keyboard, and where none leads."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser


def _ask(server: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server}/api/v1/{path}", timeout=60) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def test_from_two_names_to_a_way_with_its_records(visitor: Visitor) -> None:
    visitor.open("/path")
    page = visitor.page
    for label, text in (("From: Find an organisation", "kth royal"), ("To: Find an organisation", "ssab")):
        box = page.get_by_role("combobox", name=label)
        box.fill(text)
        page.get_by_role("option").first.wait_for()
        box.press("Enter")
    page.wait_for_url("**/path?a=kth&b=ssab")
    visitor.settle()
    told = _ask(visitor.server, "paths?a=kth&b=ssab")
    expect(page.get_by_role("heading", level=3, name="Way")).to_have_count(len(told["paths"]))
    boxes = {actor["key"] for path in told["paths"] for hop in path["hops"] for actor in (hop["a"], hop["b"])}
    expect(page.locator("svg a.actor")).to_have_count(len(boxes))
    expect(page.get_by_role("heading", name="Who could introduce them")).to_be_visible()
    tie = page.locator("svg a.tie").first
    tie.press("Enter")
    step = page.locator(f"li{tie.get_attribute('href')}")
    expect(step).to_be_focused()
    step.get_by_role("button", name="Source").first.click()
    expect(step.locator("a[href^=http]").first).to_be_visible()
    assert "w3id.org" not in page.get_by_role("main").inner_text()
    page.get_by_label("Ways at most").select_option("5")
    page.wait_for_url("**k=5")
    page.get_by_role("radio", name="Strongest").check(force=True)
    page.wait_for_url("**by=strongest**")
    page.get_by_role("button", name="Swap the two").click()
    page.wait_for_url("**/path?a=ssab&b=kth&by=strongest&k=5")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/path?a=kth&b=ssab&k=5")


def test_the_table_and_the_query_behind_hold_what_the_page_shows(visitor: Visitor) -> None:
    visitor.open("/path?a=kth&b=ssab&lang=sv")
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur hänger de ihop?")
    href = page.get_by_role("link", name="CSV").get_attribute("href") or ""
    with urllib.request.urlopen(visitor.server + href, timeout=60) as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode())))
    assert rows[0][:3] == ["del", "nummer", "steg"]
    assert any(row[0] == "introduktion" for row in rows)
    page.get_by_role("link", name="SPARQL-frågan bakom").click()
    page.wait_for_url("**/query?q=**")
    page.get_by_role("button", name="Kör").click()
    expect(page.get_by_role("table").get_by_text("Vattenfall").first).to_be_visible()


def test_where_no_way_leads_it_says_where_the_two_stand_and_what_would_widen(visitor: Visitor) -> None:
    visitor.open("/path?a=kth&b=ssab&from=1901&to=1902")
    page = visitor.page
    expect(page.get_by_role("heading", name="No way leads")).to_be_visible()
    page.get_by_role("button", name="Count all years").click()
    expect(page.get_by_role("heading", level=3, name="Way 1")).to_be_visible()
    visitor.open("/path?a=kth&b=kth")
    expect(page.get_by_role("heading", name="Both ends are the same")).to_be_visible()
    visitor.open("/path?a=kth&k=many&by=cheap")
    expect(page.get_by_text("Left out of the address")).to_contain_text("k")
    page.get_by_role("link", name="How are they linked?").first.click()
    page.wait_for_url("**b=**")
    # the browser itself reports refused answers
    visitor.open("/path?a=kth&b=tech/batteries")
    expect(page.get_by_role("alert")).to_contain_text("Batteries” is no organisation")
    visitor.open("/path?a=kth&b=northvolt-battery")
    expect(page.get_by_role("alert").get_by_role("link", name="Northvolt").first).to_be_visible()
    visitor.errors = [error for error in visitor.errors if "400" not in error and "404" not in error]


def test_a_group_finds_its_way_through_the_organisation_above(visitor: Visitor) -> None:
    visitor.open("/path?a=kth-applied-thermodynamics&b=ssab")
    page = visitor.page
    page.get_by_role("button", name="Count units as the organisation above").first.click()
    page.wait_for_url("**rollup=true")
    expect(page.get_by_text("counts as a part of KTH Royal Institute of Technology")).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="Way 1")).to_be_visible()
