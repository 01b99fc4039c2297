"""The published reference says what the language does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_desktop.criteria.language import nodes
from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.parse import FUNCTIONS, parse

TEXT = (Path(__file__).parents[3] / "docs" / "rule-language.md").read_text("utf-8")


def section(title):
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def second_cells(table):
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ") and "|---" not in line]
    return [cells[1] for cells in rows if "`" in cells[1]]


EXAMPLES = [text for cell in second_cells(section("Operations")) for text in re.findall("`([^`]+)`", cell)]


@pytest.mark.parametrize("rule", EXAMPLES)
def test_every_example_is_a_rule(rule):
    assert parse(rule)


def test_every_operation_has_an_example():
    shown = {node[0] for rule in EXAMPLES for node in nodes.walk(parse(rule))}
    alike = {"<", "<=", ">", "="} | {"/", "min", "or", "any"} | {"text", "yes", "no"}
    assert set(nodes.OPERATIONS) - shown <= alike
    names = set(re.findall("`([a-z_]+)`", section("Operations").split("In `previous`")[0]))
    assert set(FUNCTIONS) <= names | {"and", "or", "not"}


@pytest.mark.parametrize(
    "wrong", ["30,5 > 1", "1 == 2", "1 <> 2", "yes && no", "yes || no", "!yes", "yes AND no"]
)
def test_what_the_reference_calls_wrong_is_refused(wrong):
    with pytest.raises(RuleError):
        parse(wrong)


def test_the_limits_are_those_of_the_program():
    limits = section("Limits")
    for number in (nodes.MAX_LENGTH, nodes.MAX_NODES):
        assert f"{number:,}" in limits
    assert f"depth {nodes.MAX_DEPTH}" in limits
    assert f"{nodes.MAX_DIGITS} digits" in limits
    assert f"{nodes.MAX_YEARS} years" in limits
