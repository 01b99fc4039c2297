"""Rows about files that come in: a filled commune workbook to its preview, and an export of the one-stop software."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench import minimal_book
from bench.measure import Pairs, alternate, mebibytes, run, spread
from bench.rows import Line, Setting, time_line
from ntm_desktop.exchange.form import Asked, AskedTable, Form, FormIdentity, RowSubject, form_cells
from ntm_desktop.exchange.form_back import Standing
from ntm_desktop.exchange.mapping import Counted, How, Mapping, RowTest
from ntm_desktop.exchange.proposals import Terms
from ntm_desktop.facts.catalogue import Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from ntm_desktop.operations.intake import Ground
from ntm_desktop.sheets.write import write_workbook

HAMLETS, COLUMNS, ROWS, YEAR = 500, 200, 200_000, 2024
CELLS: Final = HAMLETS * COLUMNS
WORKBOOK_SECONDS, EXPORT_SECONDS, EXPORT_MEMORY = 2.0, 3.0, 200 << 20
EXPORT_WORKBOOK = 2.5
"""Times the floor: the issue sets no limit for workbooks."""
_DONE, _THIS_YEAR = RowTest("State", How.IS, ("Done",)), RowTest("Given", How.WITHIN)
ONE_STOP: Final = Mapping(
    "one-stop",
    counted=(
        Counted("solved", (_DONE, _THIS_YEAR), "Case"),
        Counted("online", (_DONE, _THIS_YEAR, RowTest("Way", How.IS, ("Online",))), "Case"),
    ),
)


def workbook_ground() -> Ground:
    """Return what the preview of the workbook reads: nothing stands there yet."""
    elements = {
        f"so_{number}": Element(
            f"so_{number}", Text(str(number)), ValueType.INTEGER, subject=SubjectKind.HAMLET
        )
        for number in range(COLUMNS)
    }
    hamlets = tuple(Hamlet(f"h{number:04}", f"Hamlet {number}", number) for number in range(HAMLETS))
    return Ground(Terms(elements, hamlets), Standing("bench", {}), frozenset(), ())


def export_ground() -> Ground:
    """Return what counting the export reads."""
    elements = {name: Element(name, Text(name), ValueType.INTEGER) for name in ("solved", "online")}
    return Ground(Terms(elements), Standing("bench", {}), frozenset(), ())


def workbook(setting: Setting) -> tuple[Line, ...]:
    """Preview a commune workbook in which 100,000 cells were filled in; floor: python-calamine reads the file."""
    path = setting.scratch / "filled.xlsx"
    _fill(path)
    return (absolute_line("100,000 cells to preview", _pairs(setting, "workbook", path), WORKBOOK_SECONDS),)


def export(setting: Setting) -> tuple[Line, ...]:
    """Count a CSV of 200,000 rows and 12 columns into two figures; floor: the csv module reads the file."""
    path = setting.scratch / "export.csv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{';'.join(row)}\n" for row in _export_rows())
    pairs = _pairs(setting, "export", path)
    peak = pairs.peak(pairs.subject)
    return (
        absolute_line("200,000 rows to preview", pairs, EXPORT_SECONDS),
        Line(
            "peak memory",
            f"{mebibytes(peak)} (floor {mebibytes(pairs.peak(pairs.floor))})",
            mebibytes(EXPORT_MEMORY),
            peak is None or peak <= EXPORT_MEMORY,
        ),
    )


def export_workbook(setting: Setting) -> tuple[Line, ...]:
    """Count the same 200,000 rows in a workbook; floor: python-calamine reads the file."""
    path = setting.scratch / "export.xlsx"
    minimal_book.write(path, _export_rows())
    return (time_line("200,000 rows to preview", _pairs(setting, "export", path), EXPORT_WORKBOOK),)


def _pairs(setting: Setting, kind: str, path: Path) -> Pairs:
    return alternate(
        lambda: run("bench.program_intake", kind, path, home=setting.home),
        lambda: run("bench.floor_read", path, home=setting.home),
        setting.pairs,
    )


def absolute_line(what: str, pairs: Pairs, limit: float) -> Line:
    """Hold the median of the program's own seconds against a limit."""
    mine, floor = ([one.seconds * 1000 for one in runs] for runs in (pairs.subject, pairs.floor))
    measured = f"{spread(mine, 0, ' ms')} against {spread(floor, 0, ' ms')}"
    holds = statistics.median(mine) <= limit * 1000
    return Line(what, measured, f"{limit:g} s", holds, pairs.noisy)


def _fill(path: Path) -> None:
    """Write the form and type into it with another program."""
    import openpyxl

    base = workbook_ground()
    elements, hamlets = tuple(base.terms.elements.values()), base.terms.hamlets
    table = AskedTable(
        "Hamlets",
        "Hamlets",
        "Hamlet",
        tuple(element.name for element in elements),
        tuple(RowSubject(hamlet.id, hamlet.name) for hamlet in hamlets),
        tuple(
            tuple(
                Asked(FactKey(element.name, hamlet.id, year_period(YEAR)), element, element.name)
                for element in elements
            )
            for hamlet in hamlets
        ),
    )
    write_workbook(form_cells(Form(FormIdentity("bench", "d"), "Bench", YEAR, (), (table,))), path)
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=5, min_col=4):
        for number, cell in enumerate(row):
            cell.value = number % 900
    book.save(path)


def _export_rows() -> Iterator[list[str]]:
    yield [
        "Case",
        "Name",
        "Phone",
        "Address",
        "Procedure",
        "Field",
        "Way",
        "Received",
        "Due",
        "Given",
        "State",
        "Officer",
    ]
    for number in range(ROWS):
        day = f"{1 + number % 28:02}/0{1 + number % 9}/{YEAR}"
        yield (
            f"H{number:07};Nguyen Van {number};09{number:08};Vinh Loi, Vinh An;Birth;Civil;"
            f"{'Online' if number % 3 else 'Desk'};{day};{day};{day} 08:{number % 60:02};"
            f"{'Done' if number % 7 else 'Open'};Le Thi B"
        ).split(";")
