"""House rules on how the window is wired: connections, questions, threads."""

from __future__ import annotations

import ast

from tests.house.source import Findings, Module, Rule, called

ASK, TASKS, APP = "ntm_desktop/ui/ask.py", "ntm_desktop/ui/tasks.py", "ntm_desktop/ui/app.py"
BESIDE = {
    f"ntm_desktop/dossier/{name}.py" for name in ("container", "digest", "fetching", "flushing", "reader")
}
THREADS = {"QThread", "QThreadPool", "QRunnable", "Thread", "ThreadPoolExecutor"}
QUESTIONS = {"QMessageBox", "QFileDialog", "QInputDialog", "QColorDialog", "QFontDialog"}


def bound_connections(module: Module) -> Findings:
    """Only bound methods are connected: a lambda or inner function that holds `self` is never freed."""
    for function in ast.walk(module.tree):
        inner = _inner_functions(function)
        for node in ast.walk(function) if inner is not None else ():
            if called(node).endswith(".connect") and isinstance(node, ast.Call):
                for argument in node.args:
                    if isinstance(argument, ast.Lambda):
                        yield module.at(node, "a lambda is connected")
                    elif isinstance(argument, ast.Name) and argument.id in (inner or ()):
                        yield module.at(node, f"the inner function `{argument.id}` is connected")


def questions_in_ask(module: Module) -> Findings:
    """Modal questions are asked by ui/ask.py, so that tests can answer them; nobody spins the event loop."""
    for node in ast.walk(module.tree):
        name = called(node)
        owner, _, method = name.rpartition(".")
        if method == "processEvents":
            yield module.at(node, "spins the event loop")
        elif module.path != ASK and (
            _runs_a_loop(module, owner, method) or (owner in QUESTIONS and method[:1].islower())
        ):
            yield module.at(node, f"{name}() is modal")


def threads_in_tasks(module: Module) -> Findings:
    """Threads are made by ui/tasks.py; dossier alone hashes, syncs and copies beside its work, within one call."""
    if module.path == TASKS or module.path in BESIDE:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            if names & (THREADS | {"threading", "concurrent.futures", "_thread"}):
                yield module.at(node, "brings threads in")
        elif called(node).endswith("QTimer.singleShot"):
            yield module.at(node, "QTimer.singleShot: use an owned QTimer, which dies with its widget")


def one_application(module: Module) -> Findings:
    """The application object is handed on, not fetched from the air."""
    if module.path == APP:
        return
    for node in ast.walk(module.tree):
        if called(node) in {"QApplication.instance", "QCoreApplication.instance", "QGuiApplication.instance"}:
            yield module.at(node, f"{called(node)}()")


def _runs_a_loop(module: Module, owner: str, method: str) -> bool:
    return bool(owner) and method in {"exec", "exec_"} and module.path != APP


def _inner_functions(node: ast.AST) -> set[str] | None:
    """Return the names of functions defined inside a method or function; nothing for what is neither."""
    if not isinstance(node, ast.FunctionDef):
        return None
    return {part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef) and part is not node}


_IN_METHOD = "class W:\n    def __init__(self):\n        "
_WHERE = "ntm_desktop/ui/sin.py"
RULES = (
    Rule(
        "no lambda connected", bound_connections, _IN_METHOD + "b.clicked.connect(lambda: self.go())", _WHERE
    ),
    Rule(
        "no inner function connected",
        bound_connections,
        _IN_METHOD + "def go(): self.x()\n        b.clicked.connect(go)",
        _WHERE,
    ),
    Rule("questions in ask", questions_in_ask, "QMessageBox.question(None, 'a', 'b')", _WHERE),
    Rule("no modal loop", questions_in_ask, "dialog.exec()", _WHERE),
    Rule("no spinning", questions_in_ask, "QApplication.processEvents()", _WHERE),
    Rule("threads in tasks", threads_in_tasks, "import threading", _WHERE),
    Rule("threads in tasks, Qt", threads_in_tasks, "from PySide6.QtCore import QThreadPool", _WHERE),
    Rule("no loose timers", threads_in_tasks, "QTimer.singleShot(0, f)", _WHERE),
    Rule("one application", one_application, "QApplication.instance()", _WHERE),
)
