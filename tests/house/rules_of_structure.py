"""House rules on size, names, state, errors and purity."""

from __future__ import annotations

import ast
import re

from tests.house.source import Findings, Module, Rule, called, evaluated_at_import

LONGEST_MODULE = 500
MOST_PUBLIC_METHODS = 15
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "services", "managers", "misc"}
EMPTY_SUFFIXES = ("Manager", "Helper", "Util", "Utils")
CATCHERS = {
    "ntm_desktop/ui/tasks.py",
    "ntm_desktop/ui/app.py",
    "ntm_desktop/cli/main.py",
    "ntm_desktop/__main__.py",
}
MUTABLE_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTABLE_CALLS = {"list", "dict", "set", "bytearray", "defaultdict", "OrderedDict", "deque", "Counter"}
MUTATORS = {
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "setdefault",
    "update",
}
CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*|__\w+__")
EXACT = {"facts", "criteria", "snapshot", "dossier"}
TIMELESS = {"facts", "criteria", "snapshot"}
CLOCKS = {"now", "today", "utcnow"}
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s(OR\s\w+\s)?INTO|UPDATE\s\w+\sSET|DELETE\sFROM|CREATE\s(UNIQUE\s|VIRTUAL\s|TEMP\s)?"
    r"(TABLE|INDEX|TRIGGER|VIEW)|ALTER\sTABLE|DROP\s(TABLE|INDEX)|PRAGMA\s\w|BEGIN\s(IMMEDIATE|EXCLUSIVE))\b",
    re.DOTALL,
)


def short_module(module: Module) -> Findings:
    """A module has at most 500 lines."""
    lines = module.text.count("\n")
    if lines > LONGEST_MODULE:
        yield f"{module.path}: {lines} lines, at most {LONGEST_MODULE}"


def few_methods(module: Module) -> Findings:
    """A class has at most 15 public methods."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            public = [
                part
                for part in node.body
                if isinstance(part, ast.FunctionDef)
                and not part.name.startswith("_")
                and not _overrides(part)
            ]
            if len(public) > MOST_PUBLIC_METHODS:
                yield module.at(
                    node, f"{node.name} has {len(public)} public methods, at most {MOST_PUBLIC_METHODS}"
                )


def telling_names(module: Module) -> Findings:
    """No module or class is called by a word that says nothing."""
    for part in module.path.removesuffix(".py").split("/"):
        if part in EMPTY_NAMES:
            yield f"{module.path}: `{part}` says nothing about what is inside"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_SUFFIXES):
            yield module.at(node, f"`{node.name}` says nothing about what it is")


def no_module_state(module: Module) -> Findings:
    """Nothing at module level changes: no lower-case container, no constant written to, no `global`."""
    constants: set[str] = set()
    for statement in module.tree.body:
        for name in _bound_to_mutable(statement):
            constants.add(name)
            if not CONSTANT.fullmatch(name):
                yield module.at(statement, f"`{name}` is mutable at module level")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Global):
            yield module.at(node, "`global`")
        elif _written_name(node) in constants:
            yield module.at(node, f"`{_written_name(node)}` is written to")


def catch_what_you_know(module: Module) -> Findings:
    """`except Exception` stands in the named places only, or gives the error on after tidying up."""
    if module.path in CATCHERS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_again(node):
            yield module.at(node, "catches everything and keeps it")


def sql_in_workspace(module: Module) -> Findings:
    """SQL stands in workspace only, and no value is written into it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            if module.package != "workspace":
                yield module.at(node, "SQL outside workspace")
        elif isinstance(node, ast.JoinedStr) and SQL.match(ast.unparse(node)[2:]):
            yield module.at(node, "SQL with something written into it; use parameters")


def exact_numbers(module: Module) -> Findings:
    """Where verdicts come from, there is no binary floating point."""
    if module.package not in EXACT:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield module.at(node, f"the float {node.value}")
        elif isinstance(node, ast.Name) and node.id == "float":
            yield module.at(node, "float: an annotation, a conversion or a test, and none has a place here")


def no_clock(module: Module) -> Findings:
    """Facts, criteria and snapshots are told the time; they never look."""
    if module.package not in TIMELESS:
        return
    for node in ast.walk(module.tree):
        if called(node).rpartition(".")[2] in CLOCKS:
            yield module.at(node, f"asks the clock: {called(node)}()")


def _overrides(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).endswith("override") for decorator in function.decorator_list)


def _bound_to_mutable(statement: ast.stmt) -> list[str]:
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return []
    value = statement.value
    if not isinstance(value, MUTABLE_DISPLAYS) and called(value).rpartition(".")[2] not in MUTABLE_CALLS:
        return []
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _written_name(node: ast.AST) -> str:
    """Return the name whose content a node changes: `X[..] = `, `del X[..]`, `X.append(..)`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.value.id if isinstance(node.value, ast.Name) else ""
    name, _, method = called(node).rpartition(".")
    return name if method in MUTATORS else ""


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise)


def translated_when_shown(module: Module) -> Findings:
    """A text is looked up when it is shown, never at import, where the language is not yet known."""
    for node in evaluated_at_import(module.tree):
        if called(node).rpartition(".")[2] in {"_", "gettext", "ngettext", "pgettext"}:
            yield module.at(node, "a text is translated at import")


def ascii_source(module: Module) -> Findings:
    """Source is ASCII; other letters live in resources and translations."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        if not line.isascii():
            yield f"{module.path}:{number}: {''.join(sign for sign in line if not sign.isascii())}"


RULES = (
    Rule("short module", short_module, "x = 1\n" * 501),
    Rule("few methods", few_methods, "class A:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(16))),
    Rule("telling module names", telling_names, "", "ntm_desktop/facts/utils.py"),
    Rule("telling class names", telling_names, "class FactManager: ..."),
    Rule("no module state", no_module_state, "cache = {}"),
    Rule("constants stay", no_module_state, "NAMES = {}\ndef f(): NAMES['a'] = 1"),
    Rule("no global", no_module_state, "def f():\n    global x\n    x = 1"),
    Rule("catch what you know", catch_what_you_know, "try: f()\nexcept Exception: pass"),
    Rule("catch what you know, bare", catch_what_you_know, "try: f()\nexcept: pass"),
    Rule("SQL in workspace", sql_in_workspace, "q = 'SELECT a FROM b'"),
    Rule("SQL with parameters", sql_in_workspace, "q = f'SELECT a FROM {b}'", "ntm_desktop/workspace/sin.py"),
    Rule("exact numbers", exact_numbers, "share = 0.58"),
    Rule("exact conversions", exact_numbers, "share = float(text)"),
    Rule("no clock", no_clock, "def f(): return date.today()"),
    Rule("translated when shown", translated_when_shown, "TITLE = _('Title')"),
    Rule("translated when shown, default", translated_when_shown, "def f(title=_('Title')): ..."),
    Rule("ASCII source", ascii_source, "# h\u1ed9"),
)
