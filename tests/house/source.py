"""The source as the house rules see it: parsed once, with the path by which rules make exceptions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "ntm_desktop"


@dataclass(frozen=True)
class Module:
    """One parsed module; `path` is relative to the root, with slashes."""

    path: str
    text: str
    tree: ast.Module = field(repr=False)

    @property
    def package(self) -> str:
        """Return the name right under ntm_desktop: `facts`, `ui`, `errors`."""
        return self.path.removeprefix("ntm_desktop/").split("/")[0].removesuffix(".py")

    def at(self, node: ast.AST, what: str) -> str:
        """Return a finding with its place."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


Findings = Iterator[str]


@dataclass(frozen=True)
class Rule:
    """A rule and the smallest sin it must catch: a rule that catches nothing is no rule."""

    name: str
    check: Callable[[Module], Findings]
    sin: str
    where: str = "ntm_desktop/facts/sin.py"


def parse(text: str, path: str) -> Module:
    """Return a module from text that need not lie on disk."""
    return Module(path, text, ast.parse(text))


@cache
def modules(folder: str = "ntm_desktop") -> tuple[Module, ...]:
    """Return the modules under a folder of the checkout."""
    found = sorted((ROOT / folder).rglob("*.py"))
    return tuple(parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()) for path in found)


def called(node: ast.AST) -> str:
    """Return the dotted name a call goes to: `QMessageBox.question`; empty when it is no plain name."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or attribute; empty parts for what is neither."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def evaluated_at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every node that runs when the module is imported: not the bodies of functions and lambdas."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif isinstance(node, ast.Lambda):
            waiting += [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        else:
            waiting += ast.iter_child_nodes(node)
