"""The sheets of the authoring workbooks and their columns; reading and writing follow these lists.

Names are those of XLSForm where it has them. A column says which key of the source it fills (`docs/pack-source.md`);
a text column has a second one, `label::en`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ntm_desktop.criteria.model import Basis, Lever, Operator, PaperLayout, RequirementKind, Severity
from ntm_desktop.criteria.papers import BLOCKS
from ntm_desktop.facts.catalogue import SubjectKind, ValueType
from ntm_desktop.facts.period import PeriodKind

GUIDE: Final = "huong_dan"
"""The one sheet that is for people only."""
ENGLISH: Final = "::en"
REMARK: Final = "#"
"""A row whose first cell starts so is for people only."""
TAGS: Final = "tags"
"""The list of `choices` that declares the set's tags."""
REGISTER: Final = "register"
"""A row of `catalogue` with this type opens a register."""
REGISTERS: Final = "registers"
"""The sheet that only the workbook of a register book has."""
SELECT: Final = "select_one"
BEGIN, END, NOTHING, CHECK = "begin_repeat", "end_repeat", "nothing", "check"


class CellType(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    """Words people read, in two languages."""
    PLAIN = "plain"
    """Words in one language: a number of a document, a name."""
    WORD = "word"
    """A code, name or one of a few words."""
    LIST = "list"
    """Several of them, with spaces between."""
    LINES = "lines"
    """Several words people read, one a line of the cell."""
    RULE = "rule"
    WHOLE = "whole"
    """`all`, `any`, `at_least 3`, `points 50`, or a rule."""
    INTEGER = "integer"
    FRACTION = "fraction"
    SHARE = "share"
    """A part of something, written as people do: `30%`."""
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    heading: str
    type: CellType = CellType.WORD
    key: str = ""
    """Path of the key it fills; empty: the sheet's own reader sees to it."""
    width: float = 14
    choices: tuple[str, ...] = ()
    """Words of the drop-down."""
    of: tuple[str, str] | None = None
    """Sheet and column whose entries are the drop-down."""
    always: bool = True
    """Written even where nothing stands in it."""
    needed: bool = False
    """Every row must fill it."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet."""

    name: str
    columns: tuple[Column, ...]
    needed: bool = False
    """A set of its own cannot do without it."""
    frozen: int = 1
    """Columns that stay when the sheet is moved sideways."""
    refused: tuple[str, ...] = ()
    """Columns of XLSForm that would have no effect here; they may stand there empty."""

    def column(self, heading: str) -> Column | None:
        """Return the column of that heading, its English one included."""
        plain = heading.removesuffix(ENGLISH)
        for column in self.columns:
            if column.heading == plain and (heading == plain or column.type is CellType.TEXT):
                return column
        return None

    def headings(self) -> tuple[str, ...]:
        """Return all headings, the English ones beside theirs."""
        return tuple(
            heading
            for column in self.columns
            for heading in (column.heading, column.heading + ENGLISH)
            if heading == column.heading or column.type is CellType.TEXT
        )


_T, _P, _W, _L = CellType.TEXT, CellType.PLAIN, CellType.WORD, CellType.LIST
_R, _I, _Y = CellType.RULE, CellType.INTEGER, CellType.YES_NO
_YES_NO: Final = ("yes", "no")
_BASES: Final = tuple(Basis)
_DOCUMENT: Final = ("documents", "id")
_REQUIREMENT: Final = ("requirements", "code")


def _yes_no(heading: str, key: str, *, always: bool = True) -> Column:
    return Column(heading, _Y, key, 10, choices=_YES_NO, always=always)


def _basis(key: str = "basis") -> Column:
    return Column("basis", _W, key, 12, choices=_BASES)


def _document(key: str = "document") -> Column:
    return Column("document", _W, key, 18, of=_DOCUMENT)


def _note() -> Column:
    return Column("note", _T, "note", 30, always=False)


_TYPES: Final = (*(kind for kind in ValueType if kind is not ValueType.CHOICE), f"{SELECT} ...", REGISTER)

_SHEETS: Final = (
    SheetPlan(
        "settings",
        (
            Column("set_id", _W, "id", 26, needed=True),
            Column("title", _T, "title", 40, needed=True),
            Column("short_title", _T, "short_title", 22, needed=True),
            Column("level", _W, "level", 14, needed=True),
            Column("version", _W, "version", 10, needed=True),
            Column("valid_from", _I, "valid_from", 10),
            Column("valid_to", _I, "valid_to", 10),
            Column("parent", _P, "parent", 30),
            Column("legal_basis", _L, "legal_basis", 26),
            Column("publisher", _P, "publisher", 24, needed=True),
            Column("min_app_version", _W, "min_app_version", 12),
            Column("default_language", _W, "", 10, choices=("vi",)),
            Column("catalogue", _W, "", 28),
            Column("rule_language", _I, "rule_language", 10),
            Column("pass", CellType.WHOLE, "whole", 18),
            _yes_no("complete", "complete"),
            Column("references", _L, "references", 26),
            Column("change_asked", CellType.SHARE, "change_asked", 10, always=False),
        ),
        needed=True,
    ),
    SheetPlan(
        "documents",
        (
            Column("id", _W, "", 18, needed=True),
            Column("number", _P, "number", 20, needed=True),
            Column("date", CellType.DATE, "dated", 12),
            Column("issuer", _P, "issuer", 24),
            Column("title", _T, "title", 60, needed=True),
            Column("note", _P, "note", 30, always=False),
        ),
        needed=True,
    ),
    SheetPlan(
        "catalogue",
        (
            Column("name", _W, "", 26, needed=True),
            Column("label", _T, "label", 36, needed=True),
            Column("type", _W, "", 18, choices=_TYPES, needed=True),
            Column("unit", _P, "unit", 12),
            Column("period", _W, "period", 10, choices=tuple(PeriodKind)),
            Column("definition", _T, "definition", 40),
            _yes_no("personal", "personal"),
            Column("subject", _W, "subject", 11, choices=tuple(SubjectKind)),
            Column("register", _W, "register", 18),
            Column("merge", _W, "merge", 16, always=False),
            Column("change_asked", CellType.SHARE, "change_asked", 10, always=False),
        ),
        needed=True,
    ),
    SheetPlan(
        "profile",
        (
            Column("name", _W, "", 18, needed=True),
            Column("label", _T, "label", 36, needed=True),
            Column("type", _W, "", 22, needed=True),
            Column("hint", _T, "hint", 40),
        ),
    ),
    SheetPlan(
        "criteria",
        (
            Column("code", _W, "code", 8, needed=True),
            Column("label", _T, "name", 44, needed=True),
            Column("short_name", _T, "short_name", 24),
            Column("group", _T, "group", 26),
            Column("basis", _W, "name_basis", 12, choices=_BASES),
            Column("pass", CellType.WHOLE, "whole", 18),
            _yes_no("complete", "complete"),
        ),
        needed=True,
    ),
    SheetPlan(
        "indicators",
        (
            Column("code", _W, "code", 8, needed=True),
            Column("criterion", _W, "", 9, of=("criteria", "code")),
            Column("label", _T, "name", 50, needed=True),
            Column("short_name", _T, "short_name", 24),
            Column("sector", _T, "sector", 26),
            Column("relevant", _R, "relevant", 26),
            Column("guidance", _T, "", 40),
            _document(),
            Column("tags", _L, "tags", 16),
            Column("basis", _W, "name_basis", 12, choices=_BASES),
            Column("pass", CellType.WHOLE, "whole", 18),
            _note(),
        ),
        needed=True,
    ),
    SheetPlan(
        "requirements",
        (
            Column("code", _W, "code", 9, needed=True),
            Column("indicator", _W, "", 9, of=("indicators", "code")),
            Column("label", _T, "label", 40, needed=True),
            Column("kind", _W, "kind", 10, choices=tuple(RequirementKind), needed=True),
            Column("measure", _R, "", 44),
            Column("lever", _W, "lever", 11, choices=tuple(Lever)),
            Column("pass", _R, "", 34),
            Column("unit", _T, "unit", 12),
            Column("operator", _W, "operator", 9, choices=tuple(Operator)),
            Column("threshold", _R, "", 11),
            Column("relevant", _R, "relevant", 24),
            _document(),
            _basis(),
            _note(),
            Column("stage", _W, "", 13, choices=("precondition", "recognition", "revocation")),
            Column("points", CellType.FRACTION, "points", 8),
            Column("guidance_must", _T, "guidance.must", 44),
            Column("guidance_how", _T, "guidance.how", 36),
            Column("guidance_period", _T, "guidance.period", 22),
            Column("guidance_where", _T, "guidance.where", 30),
            Column("guidance_note", _T, "guidance.note", 30, always=False),
            Column("guidance_documents", _L, "guidance.documents", 22),
        ),
        needed=True,
        frozen=2,
    ),
    SheetPlan(
        "thresholds",
        (
            Column("requirement", _W, "", 12, of=_REQUIREMENT, needed=True),
            Column("when", _R, "when", 36),
            Column("year_from", _I, "year_from", 10),
            Column("year_to", _I, "year_to", 10),
            Column("value", _R, "value", 16),
            _document(),
            _basis(),
            Column("checked_by", _P, "checked_by", 20),
            Column("checked_on", CellType.DATE, "checked_on", 12),
            Column("rank", _I, "rank", 7),
            _note(),
        ),
    ),
    SheetPlan(
        "survey",
        (
            Column("requirement", _W, "", 12, of=_REQUIREMENT),
            Column("type", _W, "", 22, choices=(*_TYPES[:-1], BEGIN, END, NOTHING, CHECK)),
            Column("name", _W, "", 26, of=("catalogue", "name")),
            Column("label", _T, "label", 32),
            Column("hint", _T, "hint", 30),
            _yes_no("required", "required"),
            Column("constraint", _R, "", 36),
            Column("constraint_message", _T, "", 36),
            Column("severity", _W, "", 10, choices=tuple(Severity)),
            Column("constraint_code", _W, "", 20, always=False),
            Column("period", _I, "", 8),
            Column("source", _T, "source", 24, always=False),
        ),
        frozen=3,
        refused=("relevant", "reason_required", "calculation", "default", "choice_filter"),
    ),
    SheetPlan(
        "choices",
        (
            Column("list_name", _W, "", 22, needed=True),
            Column("name", _W, "code", 20, needed=True),
            Column("label", _T, "label", 50, needed=True),
        ),
    ),
    SheetPlan(
        "evidence",
        (
            Column("requirement", _W, "", 12, of=_REQUIREMENT, needed=True),
            Column("code", _W, "code", 24, needed=True),
            Column("label", _T, "label", 54, needed=True),
            Column("kinds", _L, "kinds", 20),
            Column("min_count", _I, "min_count", 10),
            _yes_no("required", "required"),
            Column("within", _W, "within", 9, choices=("period",)),
            _basis(),
        ),
    ),
    SheetPlan(
        "bands",
        (
            Column("points", CellType.FRACTION, "at_least", 10, needed=True),
            Column("grade", _W, "code", 14, needed=True),
            Column("label", _T, "label", 36, needed=True),
        ),
    ),
    SheetPlan(
        "migrations",
        (
            Column("from_version", _W, "from_version", 13, needed=True),
            Column("old_name", _W, "old_name", 26, needed=True),
            Column("new_name", _W, "new_name", 26, of=("catalogue", "name"), needed=True),
            Column("conversion", _R, "conversion", 36),
        ),
    ),
    SheetPlan(
        "papers",
        (
            Column("paper", _W, "id", 22, needed=True),
            Column("title", _T, "title", 36, needed=True),
            Column("kind", _P, "kind", 16, needed=True),
            Column("symbol", _P, "symbol", 12),
            Column("abstract", _P, "abstract", 50, needed=True),
            Column("layout", _W, "layout", 11, choices=tuple(PaperLayout)),
            Column("addressed", _P, "addressed", 30),
            Column("recipients", CellType.LINES, "recipients", 36),
            _yes_no("sent", "sent"),
            _basis(),
            _document(),
        ),
    ),
    SheetPlan(
        "paper_parts",
        (
            Column("paper", _W, "", 22, of=("papers", "paper"), needed=True),
            Column("heading", _P, "heading", 36),
            Column("text", _P, "text", 60),
            Column("block", _W, "block", 14, choices=tuple(sorted(BLOCKS))),
            Column("figures", _L, "figures", 26),
            Column("section", _W, "section", 18),
            Column("columns", CellType.LINES, "columns", 30),
            Column("rows", CellType.LINES, "rows", 30),
        ),
    ),
    SheetPlan(
        "examples",
        (
            Column("example", _P, "", 40, needed=True),
            Column("year", _I, "", 8),
            Column("type", _W, "", 11, choices=("fact", "expected", "profile", "hamlet", "record")),
            Column("name", _P, "", 36, needed=True),
            Column("value", _P, "", 20),
        ),
    ),
)

SHEETS: Final[Mapping[str, SheetPlan]] = {plan.name: plan for plan in _SHEETS}
"""Of a criterion set, in the order of the workbook."""


def _sample() -> tuple[Column, ...]:
    """Return the columns that say how many households must be asked."""
    return (
        Column("sample_share", CellType.SHARE, "sample.share", 10),
        Column("sample_count", _I, "sample.count", 10),
        Column("sample_basis", _W, "sample.basis", 12, choices=_BASES),
        Column("sample_source", _T, "sample.source", 40),
    )


_REGISTER: Final = (REGISTERS, "name")
_COLUMN: Final = ("register_columns", "name")

_REGISTER_SHEETS: Final = (
    SheetPlan(
        "book",
        (
            Column("book_id", _W, "id", 26, needed=True),
            Column("version", _W, "version", 10, needed=True),
            Column("catalogue", _W, "", 28),
        ),
        needed=True,
    ),
    SheetPlan(
        REGISTERS,
        (
            Column("name", _W, "", 24, needed=True),
            Column("label", _T, "label", 36, needed=True),
            Column("purpose", _T, "keeping.purpose", 50),
            Column("key", _L, "keeping.key", 26),
            Column("due", _W, "keeping.due", 18, of=_COLUMN),
            Column("months", _I, "keeping.months", 9),
            Column("done", _W, "keeping.done", 18, of=_COLUMN),
        ),
        needed=True,
    ),
    SheetPlan(
        "register_columns",
        (
            Column("register", _W, "register", 20, of=_REGISTER, needed=True),
            Column("name", _W, "", 24, needed=True),
            Column("label", _T, "label", 32),
            Column("type", _W, "", 18, choices=_TYPES[:-1]),
            Column("unit", _P, "unit", 12),
            Column("period", _W, "period", 10, choices=tuple(PeriodKind)),
            Column("definition", _T, "definition", 40),
            _yes_no("personal", "personal"),
            Column("headings", CellType.LINES, "", 30),
            Column("merge", _W, "merge", 16, always=False),
            Column("change_asked", CellType.SHARE, "change_asked", 10, always=False),
        ),
        needed=True,
        frozen=2,
    ),
    SHEETS["catalogue"],
    SHEETS["choices"],
    SheetPlan(
        "proposals",
        (
            Column("element", _W, "element", 28, needed=True),
            Column("table", _W, "table", 24, of=_REGISTER, needed=True),
            Column("where", _R, "where", 44),
            Column("dated", _W, "dated", 18, of=_COLUMN),
            Column("distinct", _L, "distinct", 24),
            Column("total", _W, "total", 18, of=_COLUMN),
        ),
    ),
    SheetPlan(
        "surveys",
        (
            Column("survey", _W, "id", 16, needed=True),
            Column("title", _T, "title", 40, needed=True),
            Column("introduction", _T, "introduction", 40),
            Column("overall", _W, "overall", 18, needed=True),
            Column("sent", _W, "sent", 18, needed=True),
            Column("valid", _W, "valid", 18, needed=True),
            Column("households", _W, "households", 18, needed=True),
            _basis(),
            *_sample(),
        ),
    ),
    SheetPlan(
        "survey_questions",
        (
            Column("survey", _W, "", 16, of=("surveys", "survey"), needed=True),
            Column("element", _W, "element", 24, needed=True),
            Column("text", _T, "text", 50, needed=True),
            *_sample(),
        ),
    ),
)

REGISTER_SHEETS: Final[Mapping[str, SheetPlan]] = {plan.name: plan for plan in _REGISTER_SHEETS}
"""Of a register book, in the order of the workbook."""
PLANS: Final[Mapping[str, SheetPlan]] = {**SHEETS, **REGISTER_SHEETS}
"""Every sheet by its name; where both workbooks have one it is the same."""
