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
    return _of_shape() | _of_names() | _of_rules() | _of_sources()


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
        "two_thresholds": _("Two thresholds of equal rank can apply at once: {found}"),
        "incomplete_inside": _("The criterion {found} is incomplete, so the set is too. Write: {advice}"),
        "example_fails": _("The example does not come out as expected: {found}; the set says {advice}"),
        "example_missing": _("No example shows {found} as {advice}"),
    }
