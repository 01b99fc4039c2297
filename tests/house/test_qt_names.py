"""No attribute of ours hides a method of Qt: `self.font = ...` breaks whoever calls font()."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator

import pytest

from tests.house.source import Module, modules, parse

WINDOW = [module for module in modules() if module.package == "ui"]


def _hidden(module: Module, kinds: dict[str, type]) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name in kinds:
            of_qt = {
                name
                for base in kinds[node.name].__mro__
                if base.__module__.startswith("PySide6")
                for name in dir(base)
            }
            for part in ast.walk(node):
                name = _attribute_set(part)
                if name in of_qt and not name.startswith("__"):
                    yield module.at(part, f"{node.name}.{name}")


def _attribute_set(node: ast.AST) -> str:
    is_own = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    return node.attr if is_own and isinstance(node.value, ast.Name) and node.value.id == "self" else ""


def test_attribute_that_hides_a_method_is_found() -> None:
    from PySide6.QtWidgets import QWidget

    module = parse("class A(QWidget):\n    def f(self):\n        self.font = 1", "ntm_desktop/ui/sin.py")
    kind = type("A", (QWidget,), {})
    assert list(_hidden(module, {"A": kind})) == ["ntm_desktop/ui/sin.py:3: A.font"]


@pytest.mark.parametrize("module", WINDOW, ids=lambda module: module.path)
def test_no_attribute_hides_a_method_of_qt(module: Module) -> None:
    loaded = importlib.import_module(
        module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
    kinds = {name: kind for name, kind in vars(loaded).items() if isinstance(kind, type)}
    assert not list(_hidden(module, kinds))
