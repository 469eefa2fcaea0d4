"""Every sentence stands in both languages with the same gaps, and every code that the program uses is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import graph.gaps
from graph.gaps.answer import Note
from graph.gaps.words import say, sentences

HERE = Path(graph.gaps.__file__).parent


def gaps_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def codes() -> set[str]:
    """The first argument of every `Note(...)` that is a plain text."""
    found = set()
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Note" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_both_languages_have_the_same_gaps() -> None:
    for code, said in sentences().items():
        assert set(said) == {"en", "sv"}, code
        assert gaps_of(said["en"]) == gaps_of(said["sv"]), code
        assert all(text.strip() == text and text for text in said.values()), code


def test_every_code_that_is_used_is_known() -> None:
    assert codes() <= sentences().keys()


def test_numbers_are_written_as_the_language_does() -> None:
    note = Note("absence-dated", {"occasions": 12345, "first": "2014", "last": "2019"})
    assert "12,345 projects" in say(note, "en", str)
    assert "12\N{NO-BREAK SPACE}345 projekt" in say(note, "sv", str)


def test_sentences_with_counts_read_right_of_one() -> None:
    note = Note("left-out-dissolved", {"count": 1})
    assert say(note, "en", str) == "Left out: 1 organisation that is dissolved."
    assert say(note, "sv", str) == "Utelämnade: 1 organisation som är upplöst."
    many = Note("left-out-dissolved", {"count": 1200})
    assert say(many, "en", str) == "Left out: 1,200 organisations that are dissolved."
    one = Note("common-partner", {"count": 1}, {"partner": (7,)})
    assert say(one, "en", str) == "Both have worked with 7, the one partner that they share (1)."


def test_no_sentence_of_pairs_says_one_of_several() -> None:
    """With 1 in every gap no word of several follows it."""
    wrong = re.compile(
        r"\b1 (organisations|pairs|partners|joint (efforts|projects)|newcomers|organisationer|nykomlingar)\b"
    )
    for code in (
        "common-partner",
        "common-partner-met",
        "leads-and-joins",
        "expected",
        "more-with",
        "left-out-public",
        "newcomers-thin",
        "newcomers-cut",
        "newcomers-alone",
        "all-linked",
        "all-answered",
        "no-lapsed",
        "venture-common",
    ):
        gaps = gaps_of(sentences()[code]["en"])
        for lang in ("en", "sv"):
            assert not wrong.search(say(Note(code, dict.fromkeys(gaps, 1)), lang, str)), code
