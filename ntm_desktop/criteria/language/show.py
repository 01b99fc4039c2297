"""Syntax tree back to rule text, for the author's eye and for pack sources."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.language.nodes import OPERATIONS, Node, node_at, text_at
from ntm_desktop.facts.numerals import plain_digits

_PRIORITY: Final = {
    "or": 1, "and": 2, "not": 3,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), 4),
    "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7,
}  # fmt: skip
_ATOM: Final = 8
_WORDS: Final = {"yes": "yes", "no": "no", "today": "${_ngay_danh_gia}", "year": "${_nam}"}


def show(node: Node) -> str:
    """Return the text of a rule; parsing it gives the same tree."""
    operation = text_at(node, 0)
    if operation in _WORDS:
        return _WORDS[operation]
    if operation == "number":
        return plain_digits(Fraction(text_at(node, 1)))
    if operation == "text":
        return _quoted(text_at(node, 1))
    if operation in {"fact", "profile"}:
        prefix = "profile:" if operation == "profile" else ""
        return f"${{{prefix}{node[1]}}}"
    return _operator(node, operation) if operation in _PRIORITY else _call(node, operation)


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def _operator(node: Node, operation: str) -> str:
    priority = _PRIORITY[operation]
    if operation in {"not", "neg"}:
        inner = _below(node_at(node, 1), priority)
        return f"not {inner}" if operation == "not" else f"-{inner}"
    # Sums and products lean to the left; comparisons do not chain; `and` of an `and` was written with brackets.
    lean = operation in {"+", "-", "*", "/"}
    sides = [
        _below(node_at(node, place), priority if lean and place == 1 else priority + 1)
        for place in range(1, len(node))
    ]
    return f" {operation} ".join(sides)


def _below(node: Node, priority: int) -> str:
    text = show(node)
    return text if _PRIORITY.get(text_at(node, 0), _ATOM) >= priority else f"({text})"


def _call(node: Node, operation: str) -> str:
    name, arguments = operation, node[1:]
    kinds = OPERATIONS[operation].arguments
    if operation == "years":
        name, arguments, kinds = f"{node[1]}_years", node[2:], kinds[1:]
    bare = kinds[:1] == ("table",)
    shown = [
        show(argument) if isinstance(argument, tuple)
        else str(argument) if isinstance(argument, int) or (bare and place == 0)
        else _quoted(argument)
        for place, argument in enumerate(arguments)
    ]  # fmt: skip
    return f"{name}({', '.join(shown)})"
