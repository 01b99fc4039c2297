"""Commands that bring figures and evidence in: form, fill, attach."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.cli.workspaces import tell_problems
from ntm_desktop.errors import Refused
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import Requirement
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.fill import CellProblem, Filled
    from ntm_desktop.operations.intake import Preview, Row


@dataclass(eq=False)
class NoSuchRequirement(Refused):
    """Say that the set of the dossier has no requirement with that code."""

    requirement: str

    code: ClassVar[str] = "no_such_requirement"
    what: ClassVar[str] = "The criterion set of this dossier has no requirement {requirement}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Look the code up with `check`; a requirement ends in a letter: 8.4.d."


@dataclass(eq=False)
class NoSuchEvidenceRule(Refused):
    """Say that a requirement asks for no evidence of that name."""

    rule: str
    known: str

    code: ClassVar[str] = "no_such_evidence_rule"
    what: ClassVar[str] = "This requirement asks for no evidence called {rule}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use one of: {known}."


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    form = commands.add(
        "form",
        _("write the workbook that `fill` takes back"),
        "ntm-desktop form vinh-an --dossier ID --out phieu.xlsx",
        _form,
    )
    add_workspace(form)
    add_dossier(form)
    form.add_argument(
        "--out", metavar="FILE.xlsx", type=Path, required=True, help=_("file to write, or folder for many")
    )
    which = form.add_mutually_exclusive_group()
    which.add_argument("--hamlet", metavar="ID", default="", help=_("only what is asked of this hamlet"))
    which.add_argument(
        "--each-hamlet", action="store_true", help=_("a workbook for each hamlet, into the folder")
    )
    fill = commands.add(
        "fill", _("take figures from a file"), "ntm-desktop fill vinh-an phieu.xlsx --json", _fill
    )
    add_workspace(fill)
    fill.add_argument("file", metavar="FILE", type=Path, help=_("form, table of figures or JSON file"))
    fill.add_argument(
        "--preview", action="store_true", help=_("only say what would change; write nothing to the workspace")
    )
    add_json(fill)
    attach = commands.add(
        "attach",
        _("attach evidence to a requirement"),
        "ntm-desktop attach vinh-an --dossier ID --requirement 8.4.d bao-cao.pdf",
        _attach,
    )
    add_workspace(attach)
    add_dossier(attach)
    attach.add_argument(
        "--requirement", metavar="CODE", required=True, help=_("code of the requirement it is shown for")
    )
    attach.add_argument("--rule", metavar="CODE", default="", help=_("what it is shown as"))
    attach.add_argument("files", metavar="FILE", type=Path, nargs="+", help=_("files to attach"))


def _form(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.form import write_form, write_hamlet_forms

    with at_desk(arguments, reading=True) as desk:
        if arguments.each_hamlet:
            written = write_hamlet_forms(desk, arguments.out)
        else:
            write_form(desk, arguments.out, arguments.hamlet)
            written = (arguments.out,)
    for path in written:
        say(str(path))
    return 0


def _fill(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.fill import take_agreed
    from ntm_desktop.operations.intake import ground, preview

    with at_desk(arguments, reading=arguments.preview) as desk:
        seen = preview(ground(desk), arguments.file)
        if not arguments.preview:
            return _tell_filled(take_agreed(desk, seen), seen, json=arguments.json)
    return tell_preview(seen, json=arguments.json)


def _tell_filled(filled: Filled, seen: Preview, *, json: bool) -> int:
    from ntm_desktop.operations.fill import explain

    if json:
        say_json(
            {
                "taken": filled.taken,
                "unchanged": filled.unchanged,
                "replaced": [_change(row) for row in filled.replaced],
                "problems": [_problem(one) for one in filled.problems],
                "remarks": [explain(one) for one in seen.remarks],
            }
        )
    else:
        for remark in seen.remarks:
            tell(explain(remark))
        say(
            _("{taken} figures taken, {unchanged} unchanged, {refused} refused.").format(
                taken=filled.taken, unchanged=filled.unchanged, refused=len(filled.problems)
            )
        )
        for row in filled.replaced:
            tell(
                _("{place}: {figure} was {old}, now it is {new}.").format(
                    place=_place(row), figure=row.element.label, old=row.old, new=row.proposal.text
                )
            )
        tell_problems(filled.problems)
    return 1 if filled.problems else 0


def _place(row: Row) -> str:
    return f"{row.proposal.place.sheet} {row.proposal.place.address}".strip()


def _change(row: Row) -> dict[str, Json]:
    key, place = row.proposal.key, row.proposal.place
    return {
        "element": key.element,
        "subject": key.subject or None,
        "period": key.period,
        "sheet": place.sheet or None,
        "cell": place.address,
        "old": row.old,
        "new": row.proposal.text,
    }


def tell_preview(seen: Preview, *, json: bool) -> int:
    """Print what a file would change; exit code 1 when something of it would be refused."""
    from ntm_desktop.operations.fill import explain, refused

    problems = refused(seen)
    if json:
        say_json(
            {
                "changes": [
                    _change(row)
                    | {
                        "base": row.base,
                        "conflict": row.conflict,
                        "remark": explain(row.remark) if row.remark is not None else None,
                    }
                    for row in seen.rows
                ],
                "unchanged": seen.unchanged,
                "problems": [_problem(one) for one in problems],
                "remarks": [explain(one) for one in seen.remarks],
            }
        )
    else:
        for remark in seen.remarks:
            tell(explain(remark))
        for row in seen.rows:
            place = _place(row)
            say(f"{place}\t{row.element.label}\t{row.old or '-'}\t{row.proposal.text}")
            if row.remark is not None:
                tell(f"{place}: {explain(row.remark)}")
        tell_problems(problems)
    return 1 if problems else 0


def _problem(one: CellProblem) -> Json:
    from ntm_desktop.operations.fill import explain

    return {
        "sheet": one.sheet or None,
        "cell": one.address,
        "code": one.code,
        "facts": dict(one.facts),
        "message": explain(one.problem),
    }


def _attach(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.attach import attach
    from ntm_desktop.operations.evidence_intake import take_in

    with at_desk(arguments) as desk:
        requirement = requirement_of(desk, arguments.requirement)
        rules = {rule.code for rule in requirement.evidence}
        if arguments.rule and arguments.rule not in rules:
            raise NoSuchEvidenceRule(arguments.rule, ", ".join(sorted(rules)))
        taken = [take_in(desk, file) for file in arguments.files]
        attach(desk, requirement.code, arguments.rule, taken)
        for one in taken:
            say(f"{one.stored.sha256}\t{one.stored.name}")
    tell(_("Attached to {requirement}.").format(requirement=arguments.requirement))
    return 0


def requirement_of(desk: Desk, code: str) -> Requirement:
    """Return a requirement or condition of the chosen set. Raises NoSuchRequirement."""
    found = [one for one in desk.compiled.source.requirements() if one.code == code]
    conditions = [one.requirement for one in desk.compiled.source.conditions if one.requirement.code == code]
    if not found + conditions:
        raise NoSuchRequirement(code)
    return (found + conditions)[0]
