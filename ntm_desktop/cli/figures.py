"""Commands that bring figures and evidence in: form, fill, attach."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.cli.workspaces import tell_problems
from ntm_desktop.errors import Refused
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import Requirement
    from ntm_desktop.operations.desk import Desk


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
    form.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True, help=_("file to write"))
    form.add_argument("--hamlet", metavar="ID", default="", help=_("only what is asked of this hamlet"))
    fill = commands.add(
        "fill", _("take figures from a file"), "ntm-desktop fill vinh-an phieu.xlsx --json", _fill
    )
    add_workspace(fill)
    fill.add_argument("file", metavar="FILE", type=Path, help=_("form, table of figures or JSON file"))
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
    from ntm_desktop.operations.form import write_form

    with at_desk(arguments, reading=True) as desk:
        write_form(desk, arguments.out, arguments.hamlet)
    say(str(arguments.out))
    return 0


def _fill(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.fill import explain, fill

    with at_desk(arguments) as desk:
        filled = fill(desk, arguments.file)
    if arguments.json:
        say_json(
            {
                "taken": filled.taken,
                "unchanged": filled.unchanged,
                "problems": [
                    {
                        "sheet": one.sheet or None,
                        "cell": one.address,
                        "code": one.code,
                        "facts": dict(one.facts),
                        "message": explain(one.problem),
                    }
                    for one in filled.problems
                ],
            }
        )
    else:
        say(
            _("{taken} figures taken, {unchanged} unchanged, {refused} refused.").format(
                taken=filled.taken, unchanged=filled.unchanged, refused=len(filled.problems)
            )
        )
        tell_problems(filled.problems)
    return 1 if filled.problems else 0


def _attach(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.attach import attach, store

    with at_desk(arguments) as desk:
        requirement = requirement_of(desk, arguments.requirement)
        rules = {rule.code for rule in requirement.evidence}
        if arguments.rule and arguments.rule not in rules:
            raise NoSuchEvidenceRule(arguments.rule, ", ".join(sorted(rules)))
        stored = store(desk, arguments.files)
        attach(desk, requirement.code, arguments.rule, stored)
        for one in stored:
            say(f"{one.sha256}\t{one.name}")
    tell(_("Attached to {requirement}.").format(requirement=arguments.requirement))
    return 0


def requirement_of(desk: Desk, code: str) -> Requirement:
    """Return a requirement or condition of the chosen set. Raises NoSuchRequirement."""
    found = [one for one in desk.compiled.source.requirements() if one.code == code]
    conditions = [one.requirement for one in desk.compiled.source.conditions if one.requirement.code == code]
    if not found + conditions:
        raise NoSuchRequirement(code)
    return (found + conditions)[0]
