"""Every house rule holds for the whole source, and every rule catches the sin it is there for."""

from __future__ import annotations

import pytest

from tests.house import rules_of_qt, rules_of_structure, rules_of_tests
from tests.house.source import Rule, modules, parse

OF_PROGRAM = rules_of_structure.RULES + rules_of_qt.RULES
OF_TESTS = rules_of_tests.RULES
OF_TOOLS = (rules_of_structure.short_module, rules_of_structure.telling_names)


def named(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", OF_PROGRAM + OF_TESTS, ids=named)
def test_rule_catches_its_sin(rule: Rule) -> None:
    assert list(rule.check(parse(rule.sin, rule.where)))


@pytest.mark.parametrize("check", {rule.check: None for rule in OF_PROGRAM}, ids=lambda check: check.__name__)
def test_program_keeps_the_rule(check) -> None:
    findings = [finding for module in modules() for finding in check(module)]
    assert not findings, "\n".join(["", check.__doc__, *findings])


@pytest.mark.parametrize("check", {rule.check: None for rule in OF_TESTS}, ids=lambda check: check.__name__)
def test_tests_keep_the_rule(check) -> None:
    findings = [finding for module in modules("tests") for finding in check(module)]
    assert not findings, "\n".join(["", check.__doc__, *findings])


@pytest.mark.parametrize("check", OF_TOOLS, ids=lambda check: check.__name__)
def test_tools_keep_the_rule(check) -> None:
    findings = [finding for module in modules("packaging") for finding in check(module)]
    assert not findings, "\n".join(["", check.__doc__, *findings])


def test_tests_are_short_enough_to_read() -> None:
    findings = [finding for module in modules("tests") for finding in rules_of_structure.short_module(module)]
    assert not findings
