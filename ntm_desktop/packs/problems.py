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
    return _sentences_of_shape() | _sentences_of_meaning()


def _sentences_of_shape() -> dict[str, str]:
    return {
        "unreadable": _("The file cannot be read: {found}"),
        "not_json": _("The file is not JSON: {found}"),
        "too_large": _("The file is too large: {found} bytes"),
        "not_nfc": _("The letters are not composed (NFC): {found}. Type the text anew with Unicode composed"),
        "decimal_number": _("Numbers with decimals are written as text: {found}. Write: {advice}"),
        "duplicate_key": _("The key {found} stands twice"),
        "unknown_key": _("The key {found} is not known. Write: {advice}"),
        "missing_key": _("The key {found} is missing"),
        "wrong_type": _("A value of another kind is needed than {found}. Write: {advice}"),
        "empty_text": _("The text is empty"),
        "unknown_value": _("{found} is not one of: {advice}"),
        "wrong_date": _("{found} is not a date. Write: {advice}"),
        "wrong_number": _("{found} is not a number. Write: {advice}"),
        "wrong_name": _("{found} is not a name. Write: {advice}"),
        "wrong_folder": _("The folder and the set must have the same name: {found}. Write: {advice}"),
        "wrong_catalogue": _("The catalogue {found} is not there. Write: {advice}"),
    }


def _sentences_of_meaning() -> dict[str, str]:
    return {
        "short_name_too_long": _("The short name has more than 22 characters: {found}"),
        "duplicate_code": _("The code {found} stands twice"),
        "code_out_of_place": _("The code {found} does not belong here. Write: {advice}"),
        "unknown_element": _("No figure is called {found}. Is {advice} meant?"),
        "unknown_register": _("No register is called {found}. Is {advice} meant?"),
        "unknown_profile": _("No property of the commune is called {found}. Is {advice} meant?"),
        "unknown_choice": _("{found} is not one of the choices: {advice}"),
        "unknown_document": _("No document has the id {found}. Is {advice} meant?"),
        "unknown_tag": _("The tag {found} is not declared in the set. Is {advice} meant?"),
        "unknown_set": _("The set {found} is not listed under references. Write: {advice}"),
        "unknown_code": _("No part has the code {found}. Is {advice} meant?"),
        "wrong_subject": _("{found} is not asked of this subject. Write: {advice}"),
        "money_unit": _("An amount of money needs one of these units: {advice}"),
        "no_choices": _("A choice needs its choices: {found}"),
        "never_asked": _("The rule reads {found}, but no field or table asks for it"),
        "rule_type": _("The rule gives another kind of value than is needed here: {found}. Needed: {advice}"),
        "unit_mismatch": _("Figures of different units are put together: {found}"),
        "cycle": _("The thresholds depend on each other in a ring: {found}"),
        "operator_missing": _("An operator is missing. Write: {advice}"),
        "ratio_missing": _("The measure of a ratio starts with ratio(...): {found}"),
        "threshold_missing": _("A threshold is missing; where nobody has read it, write: {advice}"),
        "threshold_unwanted": _("Without an operator there is no threshold; yes is what counts"),
        "value_without_basis": _("Who says so? A value needs the basis reported or official, not {found}"),
        "basis_without_value": _("The basis {found} needs a value"),
        "document_missing": _("The basis {found} needs a document"),
        "checked_missing": _("The basis official needs checked_by and checked_on"),
        "two_thresholds": _("Two thresholds of equal rank may apply at once: {found}"),
        "whole_number_missing": _("This whole needs its number or rule: {found}"),
        "incomplete_inside": _("An incomplete criterion makes the set incomplete. Write: {advice}"),
        "example_fails": _("The example {found} does not come out as expected: {advice}"),
        "example_missing": _("No example shows {found} as: {advice}"),
    }
