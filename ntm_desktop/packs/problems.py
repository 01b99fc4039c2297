"""What is wrong with a pack source: every problem at once, with its place and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """One thing to put right in a pack source."""

    file: str
    """Path inside the source folders: `vn-xa-ntm-2021-2025/criteria/08.json`."""
    path: str
    """Place inside the file: `indicators[3].requirements[0].measure`; empty: the file itself."""
    code: str
    """Stable; see `sentence`."""
    found: str = ""
    """The wrong piece, cut short."""
    advice: str = ""
    """What to write instead, as a piece of source."""
    sheet: str = ""
    """Of a workbook; then `path` is the cell as Excel writes it: `requirements!F12`."""
    row: int = 0
    """Counted from 1; 0: the sheet or the workbook itself."""
    column: str = ""
    """Heading of the column; empty: the row itself."""


@dataclass(eq=False)
class PackSourceRefused(Refused):
    """Say that a pack source cannot be built; lists all its problems."""

    source: str
    problems: tuple[SourceProblem, ...]

    code: ClassVar[str] = "pack_source_refused"
    what: ClassVar[str] = "The pack source {source} has problems and was not built."
    safe: ClassVar[str] = "Nothing was written; packs built before are unchanged."
    next_step: ClassVar[str] = "Put the listed places right and build again."


def sentence(problem: SourceProblem) -> str:
    """Return the problem in the officer's language, without its place."""
    text = _sentences().get(problem.code, _("This rule cannot be read: {found} ({code}). Write: {advice}"))
    return text.format(found=problem.found, advice=problem.advice, code=problem.code)


def _sentences() -> dict[str, str]:
    return (
        _of_shape()
        | _of_names()
        | _of_rules()
        | _of_sources()
        | _of_sheets()
        | _of_cells()
        | _of_rows()
        | _of_children()
    )


def _of_shape() -> dict[str, str]:
    return {
        "unreadable": _("The file cannot be read: {found}"),
        "not_json": _("The file is not JSON: {found}"),
        "too_large": _("The file is too large: {found} bytes"),
        "not_nfc": _("The letters are not composed: {found}. Type the text anew in composed Unicode"),
        "decimal_number": _("Numbers with decimals are written as text: {found}. Write: {advice}"),
        "duplicate_key": _("The key {found} stands twice"),
        "unknown_key": _("The key {found} is not known. Is this meant: {advice}"),
        "missing_key": _("The key {found} is missing"),
        "wrong_type": _("Another kind of value is needed than {found}. Write: {advice}"),
        "empty_text": _("The text is empty"),
        "unknown_value": _("{found} is not one of: {advice}"),
        "wrong_date": _("{found} is not a date. Write: {advice}"),
        "wrong_number": _("{found} is not a number. Write: {advice}"),
        "wrong_name": _("{found} is not a name. Write: {advice}"),
        "wrong_folder": _("The folder and the set must have the same name: {found}. Write: {advice}"),
        "wrong_catalogue": _("The catalogue {found} is not there. Write: {advice}"),
        "wrong_file_name": _("A file name without folders is needed: {found}"),
    }


def _of_names() -> dict[str, str]:
    return {
        "unknown_element": _("No figure is called {found}. Is this meant: {advice}"),
        "not_a_column": _("{found} is not a column of this register"),
        "unknown_register": _("No register is called {found}. Is this meant: {advice}"),
        "unknown_attribute": _("No property of the commune is called {found}"),
        "unknown_profile": _("No property of the commune is called {found}. Is this meant: {advice}"),
        "unknown_choice": _("{found} is not one of the choices"),
        "wrong_merge": _("{found} is no rule for this figure when communes merge. Write one of: {advice}"),
        "no_choices": _("A choice needs its choices: {found}"),
        "money_unit": _("{found} is not a unit of money. Write one of: {advice}"),
        "asked_elsewhere": _("{found}: this figure is asked of another subject"),
        "outside_table": _("{found}: this figure is read only inside its table"),
        "personal_in_rule": _("Personal data is not read by rules: {found}"),
        "not_asked": _("The rule reads {found}, but no field or table asks for it"),
    }


def _of_rules() -> dict[str, str]:
    return {
        "rule_type": _("The rule gives another kind of value than is needed: {found}"),
        "types_differ": _("Values of different kinds are put together: {found}"),
        "units_differ": _("Figures of different units are put together: {found}"),
        "no_order": _("These values have no greater and smaller: {found}"),
        "division_by_zero": _("The rule divides by zero"),
        "ratio_expected": _("The measure of a ratio starts with ratio(...), not {found}"),
        "threshold_cycle": _("The threshold depends on itself"),
        "unknown_set": _("There is no set {found}"),
        "reference_not_named": _("The set {found} is not named under references"),
        "unknown_requirement": _("There is no requirement {found}"),
        "unknown_part": _("There is no part {found}"),
        "not_in_whole": _("This cannot be used to make a whole of parts: {found}"),
        "whole_without_number": _("This whole needs its number"),
        "whole_without_rule": _("This whole needs its rule"),
        "no_operator": _("An operator is missing"),
        "too_long": _("The rule is too long (characters and place: {found}). Split it; allowed is {advice}"),
        "too_deep": _("Too many brackets stand inside each other ({found}). Allowed is {advice}"),
        "unexpected": _("The rule is not understood at {found} (after @: which character of the rule)"),
        "unfinished": _("The rule ends too early: {found}. Close it like this: {advice}"),
    }


def _of_sources() -> dict[str, str]:
    return {
        "short_name_too_long": _("The short name has more than 22 characters: {found}"),
        "duplicate_code": _("The code {found} stands twice"),
        "code_out_of_place": _("The code {found} does not belong here. Write: {advice}"),
        "unknown_document": _("No document has the id {found}. Is this meant: {advice}"),
        "unknown_tag": _("The tag {found} is not declared in the set. Is this meant: {advice}"),
        "unknown_stage": _("{found} is not precondition, recognition or revocation"),
        "threshold_missing": _("A threshold is missing; where nobody has read it, write: {advice}"),
        "threshold_unwanted": _("Without an operator there is no threshold: yes is what counts"),
        "value_without_basis": _("A value is not shipped with the basis {found}"),
        "value_missing": _("The basis {found} needs a value"),
        "document_missing": _("The basis {found} needs the id of a document"),
        "official_unchecked": _("The basis official needs checked_by and checked_on"),
        "no_threshold_for": _(
            "No threshold applies here: {found}. Add a row for it, or one without a condition"
        ),
        "two_thresholds": _("Two thresholds of equal rank can apply at once: {found}"),
        "incomplete_inside": _("The criterion {found} is incomplete, so the set is too. Write: {advice}"),
        "unknown_place": _("There is nothing called {found} to be filled into a text of a paper"),
        "unknown_block": _("No table or passage of a paper is called {found}"),
        "unknown_figure": _("{found} is not a figure of the commune that may stand on a paper"),
        "unknown_paper": _("No paper is called {found}. Is this meant: {advice}"),
        "table_without_section": _("Heads and first cells of a table need a section that fills it"),
        "example_fails": _("The example does not come out as expected: {found}; the set says {advice}"),
        "inherited_example_fails": _(
            "The parent's example {found} no longer comes out as it says. "
            "Write a row of the same name in the sheet examples: {advice}"
        ),
        "example_missing": _("No example shows {found} as {advice}"),
    }


def _of_sheets() -> dict[str, str]:
    return {
        "and_more": _("There are more problems of this kind in this sheet: {found}"),
        "macros": _("The workbook carries macros. Save it as {advice}"),
        "unknown_sheet": _("No sheet is called {found}; it would not be read. Is this meant: {advice}"),
        "duplicate_sheet": _("The sheet {found} is there twice"),
        "missing_sheet": _("The sheet {found} is missing"),
        "hidden_sheet": _("The sheet {found} is hidden. Show it, or delete it"),
        "merged_cells": _("The cells {found} are merged. Split them"),
        "no_headings": _("The first row must hold the names of the columns: {advice}"),
        "unknown_column": _("No column is called {found}; it would not be read. Is this meant: {advice}"),
        "duplicate_column": _("The column {found} is there twice"),
        "missing_column": _("The column {found} is missing"),
        "no_heading": _(
            "The column of this cell has no name in the first row, so it would not be read: {found}"
        ),
        "no_rows": _("The sheet has no row yet"),
        "one_row_only": _("This sheet takes one row only"),
        "blank_row": _("A blank row in the middle. Delete it"),
    }


def _of_cells() -> dict[str, str]:
    return {
        "formula": _("A formula stands in {found}. Write its result instead"),
        "error_cell": _("The cell holds an error or a formula without a result: {found}"),
        "empty_cell": _("The cell {found} must be filled in"),
        "odd_space": _("A space that is not a plain one stands in {found}. Type it anew"),
        "line_break": _(
            "A line break stands in a name: {found}. LibreOffice makes one of _xa_. Write: {advice}"
        ),
        "number_for_text": _(
            "Excel took {found} for a number or a date. Set the cell to Text and write: {advice}"
        ),
        "decimal_comma_cell": _("Decimals are written with a point: {found}. Write: {advice}"),
        "whole_number_needed": _("{found} is not a whole number. Write for example: {advice}"),
        "wrong_whole": _("{found} does not say when the whole is met. Write one of: {advice}"),
        "column_without_effect": _("In this row {found} has no effect. Only these are filled in: {advice}"),
        "other_column": _(
            "The rule stands in the wrong column for this kind: {found}. Write it under {advice}"
        ),
        "type_differs": _("The catalogue says another type than {found}. Write: {advice}"),
        "no_relevant": _(
            "A question that is asked only sometimes is not known here. Say it under relevant of the requirement"
        ),
        "no_reason_required": _(
            "A reason cannot be demanded here. Say in constraint_message what the officer should write"
        ),
        "no_calculation": _("Nothing is computed here. Write the rule under measure of the requirement"),
        "no_default": _("Nothing is filled in beforehand: what is missing stays missing. Delete {found}"),
        "no_choice_filter": _("Choices are not filtered here. Make a list of its own under choices"),
    }


def _of_rows() -> dict[str, str]:
    return {
        "unknown_list": _("The sheet choices has no list {found}. Is this meant: {advice}"),
        "unused_list": _("Nothing uses the list {found}. Name it as select_one, or delete it"),
        "unknown_requirement_code": _("No row has the code {found}. Is this meant: {advice}"),
        "stage_or_indicator": _("A condition of the set stands under no indicator. Delete {found}"),
        "end_without_begin": _("end_repeat stands here, but no table is open"),
        "table_left_open": _("The table {found} is not closed. Write {advice} in a row below its last one"),
        "begin_without_end": _("The table before {found} is not closed. Write {advice} in a row of its own"),
        "year_differs": _("The year {found} is not that of the example's first row. Write: {advice}"),
        "threshold_row_missing": _(
            "A threshold is missing. Where nobody has read it, write a row in the sheet thresholds with {advice}"
        ),
        "bands_without_points": _("There are bands, but no requirement is worth points"),
        "equal_bands": _("Two bands begin with the same points: {found}"),
        "not_the_old_name": _("A conversion reads the old name only, not {found}"),
    }


def _of_children() -> dict[str, str]:
    return {
        "inherited_differs": _("The parent set has {found} with another meaning. Use another name"),
        "wrong_parent": _("The parent is not named rightly: {found}. Write: {advice}"),
        "parent_missing": _("The pack of the parent set is not at hand: {found}. Take that pack in first"),
        "parent_unreadable": _("The pack of the parent set cannot be read: {found}"),
        "parent_differs": _("The parent at hand is not the one that is named: {found}. It is: {advice}"),
    }
