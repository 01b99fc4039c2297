"""The sentence for a refused cell."""

from __future__ import annotations

from ntm_desktop.facts import text
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import one_line
from ntm_desktop.i18n import gettext as _

_LONGEST_QUOTE = 120


def explain(problem: Problem) -> str:
    """Return the sentence for a problem of a file in the officer's language."""
    sentence = _names(problem.code) or _cells(problem.code) or _entries(problem.code) or _files(problem.code)
    if not sentence:
        return text.explain(problem)
    return sentence.format(**{name: _quoted(fact) for name, fact in problem.facts})


def _quoted(fact: str) -> str:
    """Return what a file holds as it may stand in a sentence: a cell may hold a whole book."""
    line = one_line(fact)
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}\u2026"


def _names(code: str) -> str:
    return {
        "element_unknown": _("There is no figure called {element} in the criterion sets of this workspace."),
        "subject_unknown": _("{subject} is not known here as the one this figure is about."),
        "subject_missing": _("It is not said whom the figure {element} is about."),
        "subject_not_wanted": _("This figure is about the commune; {subject} has to be left out."),
        "period_wrong": _("{period} is not a period of this figure. Example: {example}"),
        "kind_unknown": _("{kind} is neither actual nor plan."),
        "key_unknown": _("The row or column is not part of the form: {key}"),
        "hamlet_unknown": _("There is no hamlet with the id given beside {name}."),
        "given_again": _("{name} stands in the list twice."),
        "not_a_name": _("{name} is not a name."),
        "name_too_long": _("The name is too long."),
        "key_missing": _("Nothing says what this line is about; the line was left out."),
    }.get(code, "")


def _cells(code: str) -> str:
    return {
        "empty": _("The cell is empty. A file never takes a figure away."),
        "emptied": _("The cell was emptied. The figure stays; to take it away, do so in the window."),
        "source_without_figure": _("A source without a figure is not kept."),
        "error_value": _("The cell shows the error {shown}."),
        "formula_without_result": _(
            "The formula has no result yet. Open the file in Excel, save it and try again."
        ),
        "share_unclear": _("{typed} may be read as a share or as a percentage. Type it with the sign %."),
        "given_twice": _("The same figure stands in {first} with another value."),
        "changed_since": _(
            "The figure was changed to {now} after the form was written. {typed} was not entered."
        ),
        "source_too_long": _("The source is too long: at most {most} characters."),
        "year_closed": _("The year {year} is closed because its dossier is signed."),
    }.get(code, "")


def _entries(code: str) -> str:
    return {
        "not_an_object": _("The entry is not written as an object."),
        "part_missing": _("The part {part} is missing."),
        "part_twice": _("The part {part} stands in the entry twice."),
        "part_unknown": _("The part {part} is not known."),
        "not_text": _("The part {part} must be text in quotation marks."),
    }.get(code, "")


def _files(code: str) -> str:
    return {
        "held": _("{who} has the file open. What is not saved there yet is not read here."),
        "held_by_someone": _(
            "The file is open in another program. What is not saved there is not read here."
        ),
        "macros": _("The workbook carries program code. It was not run; only the values were read."),
        "sheet_hidden": _("The sheet {sheet} is hidden; it was read too."),
        "rows_hidden": _("{count} rows of the sheet {sheet} are hidden; they were read too."),
        "rows_repeated": _("{count} rows name a case that was counted already; each case counts once."),
        "days_unread": _(
            "In {count} rows no day can be read; they were not counted. The first is row {row}."
        ),
        "label_gone": _("No row, or more than one, bears the label {label}."),
        "part_above_whole": _("The part ({part}) is larger than the whole ({whole}). Look at both again."),
    }.get(code, "")
