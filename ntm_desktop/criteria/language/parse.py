"""Rule text to syntax tree.

Used where packs are built; opening a pack parses nothing. Grammar and meaning: `docs/rule-language.md`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import (
    FOLDS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_LENGTH,
    OPERATIONS,
    WHOLE_RANGES,
    Node,
    Shape,
    from_json,
    to_json,
)

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

GRAMMAR: Final = r"""
?start: expression
?expression: conjunction
    | conjunction ("or" conjunction)+ -> or
?conjunction: negation
    | negation ("and" negation)+ -> and
?negation: comparison
    | "not" negation -> not
?comparison: sum
    | sum COMPARE sum -> operator
?sum: product
    | sum SIGN product -> operator
?product: unary
    | product TIMES unary -> operator
?unary: atom
    | SIGN unary -> sign
?atom: NUMBER -> number
    | TEXT -> text
    | REFERENCE -> reference
    | "yes" -> yes
    | "no" -> no
    | NAME -> bare
    | NAME "(" [expression ("," expression)*] ")" -> call
    | "(" expression ")" -> group

COMPARE: "!=" | "<=" | ">=" | "=" | "<" | ">"
SIGN: "+" | "-"
TIMES: "*" | "/"
NUMBER: /[0-9]+(\.[0-9]+)?%?/
TEXT: /"[^"\n]*"/ | /'[^'\n]*'/
REFERENCE: /\$\{[^{}\n]*\}/
NAME: /[a-z_][a-z0-9_]*/
%ignore /[ \t\r\n]+/
"""

NAMES_OF_THE_PROGRAM: Final[Mapping[str, Node]] = {"_ngay_danh_gia": ("today",), "_nam": ("year",)}

FUNCTIONS: Final[Mapping[str, str]] = {
    name: name
    for name in (
        "if", "coalesce", "min", "max", "round", "ratio", "known", "count", "sum", "all", "any",
        "add_months", "max_in_days", "previous", "threshold", "date",
    )
} | {f"{fold}_years": "years" for fold in FOLDS}  # fmt: skip

# What people type, and the right form.
_INSTEAD: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", ("curly_quotes", '"')),
    **dict.fromkeys("\u2018\u2019\u201a", ("curly_quotes", "'")),
    "&": ("wrong_operator", "and"),
    "|": ("wrong_operator", "or"),
    "!": ("wrong_operator", "not"),
    "\u2265": ("wrong_operator", ">="),
    "\u2264": ("wrong_operator", "<="),
    "\u2260": ("wrong_operator", "!="),
    "\u00d7": ("wrong_operator", "*"),
    "\u00f7": ("wrong_operator", "/"),
    ":": ("wrong_operator", "/"),
    "\u2212": ("wrong_operator", "-"),
    "\u2013": ("wrong_operator", "-"),
    "^": ("no_power", "a * a"),
    "%": ("wrong_percent", "30%"),
    "$": ("wrong_reference", "${so_ho}"),
    "{": ("wrong_reference", "${so_ho}"),
    "}": ("wrong_reference", "${so_ho}"),
    '"': ("open_text", '"..."'),
    "'": ("open_text", "'...'"),
    "\u00a0": ("odd_space", " "),
}

_WORD: Final = re.compile(r"[^\W\d]\w*")
_REFERENCE: Final = re.compile(r"\$\{(?:(profile):)?([A-Za-z0-9][A-Za-z0-9_.\-]*)\}")


def parse(text: str) -> Node:
    """Read the text of a rule.

    Raises:
        RuleError: The text is not a rule; says where, and what to write instead.
    """
    text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_LENGTH:
        raise RuleError("too_long", MAX_LENGTH + 1, str(len(text)), f"length <= {MAX_LENGTH}")
    if not text.strip():
        raise RuleError("empty", 1, "", "${so_ho} > 0")
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        tree = _lark().parse(text)
    except UnexpectedCharacters as error:
        raise _explain(text, error.pos_in_stream) from None
    except UnexpectedToken as error:
        raise _explain(text, None if error.token.type == "$END" else error.token.start_pos) from None
    # Once more through the door that stored trees use, so that text cannot say what a pack may not hold.
    return from_json(to_json(_Builder().node(_tree(tree), 1)))


@cache
def _lark() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=False, propagate_positions=True)


def _explain(text: str, at: int | None) -> RuleError:
    if at is None:
        return RuleError("unfinished", len(text) + 1, text[-20:], "( ... )")
    found, before = text[at], text[:at].rstrip()
    problem, advice = _INSTEAD.get(found, ("unexpected", ""))
    word = _WORD.match(text, at)
    if found == "=" and before.endswith("="):
        problem, advice = "wrong_operator", "="
    elif found == ">" and before.endswith("<"):
        problem, advice = "wrong_operator", "!="
    elif found in "<>=":
        problem, advice = "chained_comparison", "1 < ${x} and ${x} < 3"
    elif found == "," and before[-1:].isdigit() and text[at + 1 : at + 2].isdigit():
        problem, advice = "decimal_comma", "30.5"
    elif word is not None:
        problem, advice = _explain_word(word.group())
    return RuleError(problem, at + 1, word.group()[:40] if word else found, advice)


def _explain_word(word: str) -> tuple[str, str]:
    lower = word.lower()
    if lower in {"and", "or", "not", "yes", "no", *FUNCTIONS} and lower != word:
        return "upper_case", lower
    return "unexpected_word", f"${{{lower}}}" if lower.isascii() else '"..."'


class _Builder:
    """Turns the parser's tree into nodes."""

    def node(self, tree: Tree[Token], depth: int) -> Node:
        brackets = 0
        while tree.data == "group":
            tree, brackets = _tree(tree.children[0]), brackets + 1
        if depth > MAX_DEPTH or brackets > MAX_DEPTH:
            raise RuleError("too_deep", tree.meta.start_pos + 1, "", f"depth <= {MAX_DEPTH}")
        parts = tree.children
        kind = str(tree.data)
        if kind in {"number", "text", "reference", "bare"}:
            return _leaf(kind, _token(parts[0]))
        if kind == "call":
            return self.call(_token(parts[0]), [_tree(part) for part in parts[1:]], depth)
        return self.combined(kind, parts, depth + 1)

    def combined(self, kind: str, parts: list[Token | Tree[Token]], depth: int) -> Node:
        operands = [self.node(_tree(part), depth) for part in parts if not isinstance(part, str)]
        if kind == "operator":
            return (str(parts[1]), *operands)
        if kind == "sign" and parts[0] == "+":
            return operands[0]
        return ("neg" if kind == "sign" else kind, *operands)

    def call(self, name: Token, arguments: list[Tree[Token]], depth: int) -> Node:
        operation = FUNCTIONS.get(name)
        if operation is None:
            close = difflib.get_close_matches(name, FUNCTIONS, n=1)
            raise _error("unknown_function", name, close[0] if close else ", ".join(sorted(FUNCTIONS)))
        shape = OPERATIONS[operation]
        kinds = shape.arguments
        fixed: tuple[str, ...] = ()
        if operation == "years":
            fixed, kinds = (name.removesuffix("_years"),), kinds[1:]
        if shape.repeats and len(arguments) > len(kinds):
            kinds += (kinds[-1],) * (len(arguments) - len(kinds))
        if len(arguments) != len(kinds):
            raise _error("wrong_number_of_arguments", name, usage(name))
        pairs = zip(kinds, arguments, strict=True)
        return (operation, *fixed, *(self.argument(kind, argument, depth + 1) for kind, argument in pairs))

    def argument(self, kind: str, tree: Tree[Token], depth: int) -> Node | str | int:
        if kind == "node":
            return self.node(tree, depth)
        if kind == "table":
            if tree.data == "bare":
                return str(tree.children[0])
            raise RuleError("table_expected", tree.meta.start_pos + 1, "", "count(hamlets, ...)")
        if kind in WHOLE_RANGES:
            return _whole(kind, tree)
        if tree.data == "text":
            return str(tree.children[0])[1:-1]
        raise RuleError("text_expected", tree.meta.start_pos + 1, "", '"..."')


def usage(function: str) -> str:
    """Return how a function is called, such as `round(node, digits)`."""
    shape: Shape = OPERATIONS[FUNCTIONS[function]]
    kinds = [kind for kind in shape.arguments if kind != "fold"]
    return f"{function}({', '.join(kinds)}{', ...' if shape.repeats else ''})"


# The grammar decides what is a token (a `str`) and what a tree.


def _tree(part: Token | Tree[Token]) -> Tree[Token]:
    return cast("Tree[Token]", part)


def _token(part: Token | Tree[Token]) -> Token:
    return cast("Token", part)


def _error(problem: str, token: Token, advice: str) -> RuleError:
    return RuleError(problem, (token.start_pos or 0) + 1, str(token)[:40], advice)


def _leaf(kind: str, token: Token) -> Node:
    if kind == "number":
        return _number(token)
    if kind == "text":
        return ("text", token[1:-1])
    if kind == "bare":
        raise _error("bare_name", token, f"${{{token[:40]}}}")
    named = NAMES_OF_THE_PROGRAM.get(token[2:-1])
    if named is not None:
        return named
    match = _REFERENCE.fullmatch(token)
    if match is None:
        raise _error("wrong_name", token, "${so_ho}, ${profile:vung}, ${_nam}, ${_ngay_danh_gia}")
    return ("profile" if match[1] else "fact", match[2])


def _number(token: Token) -> Node:
    digits = token.rstrip("%")
    if len(digits) > MAX_DIGITS:
        raise _error("too_many_digits", token, f"digits <= {MAX_DIGITS}")
    number = Fraction(digits)
    return ("number", str(number / 100 if token.endswith("%") else number))


def _whole(kind: str, tree: Tree[Token]) -> int:
    negative = tree.data == "sign" and tree.children[0] == "-"
    number = _tree(tree.children[1]) if negative else tree
    low, high = WHOLE_RANGES[kind]
    text = str(number.children[0]) if number.data == "number" else ""
    if text.isdigit() and len(text) <= MAX_DIGITS:
        whole = -int(text) if negative else int(text)
        if low <= whole <= high:
            return whole
    raise RuleError("whole_number_expected", tree.meta.start_pos + 1, text, f"{low} .. {high}")
