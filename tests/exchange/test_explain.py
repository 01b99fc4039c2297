from __future__ import annotations

import ast
import inspect

import pytest

from ntm_desktop.exchange import explain as explaining
from ntm_desktop.exchange import facts_file, facts_table, form_back, hamlet_list, proposals, remarks
from ntm_desktop.exchange.explain import explain
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.text import explain as explain_reading

FACTS = dict.fromkeys(
    [
        "element",
        "subject",
        "period",
        "example",
        "kind",
        "key",
        "name",
        "shown",
        "typed",
        "first",
        "now",
        "part",
        "year",
        "most",
        "who",
        "sheet",
        "count",
        "whole",
        "row",
        "label",
    ],
    "x",
)


def _codes() -> set[str]:
    tree = ast.parse(inspect.getsource(explaining))
    return {key.value for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}  # type: ignore[union-attr]


@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_sentence_is_complete_with_the_facts_there_are(code: str) -> None:
    sentence = explain(Problem(code, tuple(FACTS.items())))
    assert sentence.endswith((".", "x"))
    assert "{" not in sentence


def test_every_code_made_in_this_package_has_its_sentence() -> None:
    unexplained = explain_reading(Problem("nobody_knows"))
    made = set()
    for module in (facts_file, facts_table, form_back, hamlet_list, proposals, remarks):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
                first = node.args[0]
                made |= {part.value for part in ast.walk(first) if isinstance(part, ast.Constant)}
    made -= {"value"}
    assert made
    assert [
        code for code in sorted(made) if explain(Problem(code, tuple(FACTS.items()))) == unexplained
    ] == []


def test_what_a_cell_holds_is_quoted_in_part() -> None:
    sentence = explain(Problem("element_unknown", (("element", "x" * 100_000 + "\n\u202e"),)))
    assert len(sentence) < 300
    assert "\u2026" in sentence


def test_reading_problems_are_explained_by_facts() -> None:
    problem = Problem("not_a_number", (("example", "2.412"),))
    assert explain(problem) == explain_reading(problem)
