"""Sentences for everything that can be wrong with a source."""

from __future__ import annotations

import ast
from pathlib import Path

from ntm_desktop.i18n import set_language
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem, _sentences, sentence

ROOT = Path(__file__).parents[2]


def test_a_problem_is_told_with_what_was_found_and_what_to_write() -> None:
    set_language("en")
    try:
        problem = SourceProblem("a.json", "x", "wrong_date", "22/6/2022", "2022-06-22")
        assert sentence(problem) == "22/6/2022 is not a date. Write: 2022-06-22"
    finally:
        set_language("vi")


def test_a_fault_of_the_rule_language_has_a_sentence_too() -> None:
    told = sentence(SourceProblem("a.json", "x", "decimal_comma", "30,5", "30.5"))
    assert "30,5" in told
    assert "30.5" in told


def test_the_refusal_carries_its_problems() -> None:
    refused = PackSourceRefused("bo-thu", (SourceProblem("a.json", "", "not_json"),))
    assert refused.facts()["source"] == "bo-thu"
    assert refused.exit_code == 1


def test_every_sentence_belongs_to_a_problem_that_the_program_notes() -> None:
    noted: set[str] = set()
    for folder in ("packs", "criteria"):
        for source in (ROOT / "ntm_desktop" / folder).rglob("*.py"):
            if source.name != "problems.py":
                tree = ast.parse(source.read_text(encoding="utf-8"))
                noted |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    refused_columns = {f"no_{word}" for word in noted if isinstance(word, str)}
    assert set(_sentences()) <= noted | refused_columns
