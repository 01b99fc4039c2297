"""House rules on the tests themselves."""

from __future__ import annotations

import ast

from tests.house.source import Findings, Module, Rule, called

LONGEST_CONFTEST = 150
_CLAIMS = ("assert", "check", "expect", "judge", "refuse")


def claims_something(module: Module) -> Findings:
    """A test claims something: an assert, an expected error, or a named claim that asserts."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _claims(node):
            yield module.at(node, f"{node.name} claims nothing")


def never_sleeps(module: Module) -> Findings:
    """A test waits for something, never for a time."""
    for node in ast.walk(module.tree):
        if called(node) in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QThread.msleep"}:
            yield module.at(node, f"{called(node)}()")


def skips_with_reason(module: Module) -> Findings:
    """A skipped test names what is missing."""
    for node in ast.walk(module.tree):
        name = called(node)
        if isinstance(node, ast.Call) and name.endswith(
            ("mark.skip", "mark.skipif", "mark.xfail", "pytest.skip")
        ):
            reasons = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
            reasons += node.args if name.endswith("pytest.skip") else []
            if not reasons or (isinstance(reasons[0], ast.Constant) and not str(reasons[0].value).strip()):
                yield module.at(node, f"{name} without a reason")


def short_conftest(module: Module) -> Findings:
    """A conftest holds what is true of every test; builders live in tests/support."""
    if module.path.endswith("conftest.py") and module.text.count("\n") > LONGEST_CONFTEST:
        yield f"{module.path}: more than {LONGEST_CONFTEST} lines"


def _claims(test: ast.FunctionDef) -> bool:
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        name = called(node)
        last = name.rpartition(".")[2]
        if name in {"pytest.raises", "pytest.fail"} or last.lstrip("_").startswith(_CLAIMS):
            return True
        if name.startswith("qtbot.wait") or last in {"QAbstractItemModelTester", "blockers"}:
            return True
    return False


_WHERE = "tests/facts/test_sin.py"
RULES = (
    Rule("claims something", claims_something, "def test_nothing():\n    f()", _WHERE),
    Rule("never sleeps", never_sleeps, "def test_a():\n    time.sleep(1)\n    assert f()", _WHERE),
    Rule(
        "skips with reason", skips_with_reason, "@pytest.mark.skipif(True)\ndef test_a(): assert f()", _WHERE
    ),
    Rule("short conftest", short_conftest, "x = 1\n" * 151, "tests/conftest.py"),
)
