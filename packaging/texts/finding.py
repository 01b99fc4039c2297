"""Find the texts an officer may see: every message id in the source, and the files it stands in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOOK_UPS = {"_", "gettext", "N_"}
PLURAL_LOOK_UPS = {"ngettext"}
SENTENCES = {"what", "safe", "next_step"}
"""Class attributes in which an error keeps its three sentences; `operations.wording.explain` looks them up."""


@dataclass
class Found:
    """A message id of the source."""

    singular: str
    plural: str = ""
    files: set[str] = field(default_factory=set)


def texts_of(folder: Path, root: Path) -> Mapping[str, Found]:
    """Return the message ids in the modules under a folder, by their singular."""
    found: dict[str, Found] = {}
    for path in sorted(folder.rglob("*.py")):
        for singular, plural in texts_in(path.read_text(encoding="utf-8")):
            one = found.setdefault(singular, Found(singular))
            one.plural = one.plural or plural
            one.files.add(path.relative_to(root).as_posix())
    return found


def texts_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield singular and plural of every message id in the text of a module; no plural is empty."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            ids = [text for argument in node.args[:2] if (text := _text(argument)) is not None]
            name = _called(node)
            if name in LOOK_UPS and ids and ids[0]:
                yield ids[0], ""
            elif name in PLURAL_LOOK_UPS and len(ids) > 1:
                yield ids[0], ids[1]
        elif isinstance(node, ast.ClassDef):
            yield from _sentences(node)


def _sentences(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement in node.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            text = _text(statement.value)
            if names & SENTENCES and text:
                yield text, ""


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
