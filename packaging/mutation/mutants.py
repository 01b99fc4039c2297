"""Which small changes a source can suffer: each is a mutant that some test should kill.

Left alone: words (docstrings, texts for people, module-level names and tables of names), annotations, decorators and
`strict=` of zip, which the type checker, the house rules or nothing at all would notice.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import CodeType

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "bases", "type_params"})
_TEXT_FUNCTIONS = frozenset({"_", "gettext", "ngettext", "pgettext", "cast", "TypeVar"})
_NAME = re.compile(r"[a-z][\w.-]*")
_CONDITIONS = frozenset({"test", "ifs", "guard"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one source."""

    path: str
    """Where the source lies, from the root of the checkout, with slashes."""
    number: int
    """Which of the changes of this source, from 0."""
    line: int
    text: str
    """The line as it stands, without its indentation."""
    change: str
    """`before -> after`; only what comes after where a whole statement is changed."""
    scope: tuple[str, int] | None
    """Qualified name and first line of the function around it; nothing when the import of the module runs it."""
    span: tuple[int, int]
    """First and last line of the statement around it, without the statements inside that one."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells this change from others and outlives changes elsewhere in the file."""
        return self.path, f"{self.text} | {self.change}"


@dataclass(frozen=True, slots=True)
class _Site:
    node: ast.expr | ast.stmt
    after: ast.AST
    replace: Callable[[ast.AST], None]
    around: _Around

    def said(self) -> str:
        after = ast.unparse(self.after)
        if isinstance(self.node, ast.stmt):
            return after
        return f"{ast.unparse(self.node)} -> {after}"

    def apply(self) -> None:
        self.replace(ast.fix_missing_locations(ast.copy_location(self.after, self.node)))


@dataclass(frozen=True, slots=True)
class _Around:
    classes: tuple[str, ...] = ()
    scope: tuple[str, int] | None = None
    span: tuple[int, int] = (1, 1)


def mutants(path: str, source: str) -> list[Mutant]:
    """Return every change this source can suffer, in its order."""
    lines = source.splitlines()
    return [
        Mutant(
            path=path,
            number=number,
            line=site.node.lineno,
            text=lines[site.node.lineno - 1].strip(),
            change=site.said(),
            scope=site.around.scope,
            span=site.around.span,
        )
        for number, site in enumerate(_sites(ast.parse(source), _Around()))
    ]


def mutated(source: str, number: int, filename: str) -> CodeType:
    """Compile the source with one of its changes made."""
    tree = ast.parse(source)
    list(_sites(tree, _Around()))[number].apply()
    return compile(tree, filename, "exec", dont_inherit=True)


def code_of(module: CodeType, scope: tuple[str, int]) -> CodeType:
    """Return the code of a function inside the code of its module.

    Raises `LookupError` when there is none.
    """
    for constant in module.co_consts:
        if isinstance(constant, CodeType):
            if (constant.co_qualname, constant.co_firstlineno) == scope:
                return constant
            try:
                return code_of(constant, scope)
            except LookupError:
                continue
    raise LookupError(scope)


def _sites(node: ast.AST, around: _Around) -> Iterator[_Site]:
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE or (field == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        inner = _inside(node, around) if field == "body" else around
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if not isinstance(child, ast.AST) or _is_words(child):
                continue
            replace = partial(setattr, node, field) if index is None else partial(value.__setitem__, index)
            here = _at(child, inner)
            if isinstance(child, (ast.expr, ast.stmt)):
                for after in (*_changes(child, here), *_denied(field, node, child)):
                    yield _Site(child, after, replace, here)
            yield from _sites(child, here)


def _inside(node: ast.AST, around: _Around) -> _Around:
    """Return what is around the body of a class or function."""
    if isinstance(node, ast.ClassDef):
        return _Around((*around.classes, node.name), around.scope, around.span)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and around.scope is None:
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        return _Around(around.classes, (".".join((*around.classes, node.name)), first), around.span)
    return around


def _at(node: ast.AST, around: _Around) -> _Around:
    if not isinstance(node, ast.stmt):
        return around
    body = getattr(node, "body", None)
    last = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno
    return _Around(around.classes, around.scope, (node.lineno, last or node.lineno))


def _is_words(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.keyword(arg="strict"):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _TEXT_FUNCTIONS
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _denied(field: str, parent: ast.AST, node: ast.AST) -> Iterator[ast.AST]:
    """Turn a condition into its opposite, unless changing its comparison does the same."""
    if field not in _CONDITIONS or isinstance(parent, ast.Assert) or not isinstance(node, ast.expr):
        return
    if not isinstance(node, (ast.Compare, ast.UnaryOp, ast.Constant)):
        yield ast.UnaryOp(ast.Not(), node)


def _changes(node: ast.AST, around: _Around) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            for place, one in enumerate(node.ops):
                operators = [*node.ops[:place], _COMPARISONS[type(one)](), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.AugAssign() if type(node.op) in _OPERATORS:
            yield ast.AugAssign(node.target, _OPERATORS[type(node.op)](), node.value)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=value):
            yield from _other_constant(value, around)
        case ast.Call(func=ast.Name(id=name)) if name in _OTHER_FUNCTION:
            other = ast.Name(_OTHER_FUNCTION[name], ast.Load())
            yield ast.Call(other, node.args, [] if name == "sorted" else node.keywords)
        case _:
            yield from _other_statement(node)


def _other_constant(value: object, around: _Around) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and around.scope is not None and _NAME.fullmatch(value):
        yield ast.Constant("mutant")


def _other_statement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(
            value, (ast.Constant, ast.Compare, ast.UnaryOp)
        ):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
