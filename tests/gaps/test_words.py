"""Every sentence stands in both languages with the same gaps, and every code that the program uses is there."""

from __future__ import annotations

import ast
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
