"""Write what follows from the Turtle: `python -m ontology.generate`, or with `--check` say what is stale (exit code 1)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from ontology.questionnaire import read_questions
from ontology.vocabulary import HERE, read_graph, read_vocabulary
from ontology.write_context import context_document
from ontology.write_questions import questions_page
from ontology.write_reference import reference_page
from ontology.write_terms import terms_module

REFERENCE = HERE.parent / "docs" / "reference"


def generated() -> Mapping[Path, str]:
    """Every generated file and what it must hold."""
    vocabulary = read_vocabulary(read_graph())
    return {
        HERE / "terms.py": terms_module(vocabulary),
        HERE / "context.jsonld": context_document(vocabulary),
        REFERENCE / "ontology.md": reference_page(vocabulary),
        REFERENCE / "questions.md": questions_page(read_questions(HERE / "questions")),
    }


def main(arguments: list[str]) -> int:
    """Write the files, or only compare them."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m ontology.generate [--check]", file=sys.stderr)
        return 2
    files = generated()
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if arguments:
            print(f"{path.name} is stale: run python -m ontology.generate", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], "utf-8")
            print(f"wrote {path.name}")
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
