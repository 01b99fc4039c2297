"""Commands for the office's own Word templates of papers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import PaperForm
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.papers import Prepared


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    group = commands.add(
        "template",
        _("write papers with the office's own Word templates"),
        "ntm-desktop template list vinh-an --dossier ID",
        None,
    )
    below = commands.below(group, "template_command")
    listed = below.add(
        "list",
        _("list the papers of a dossier, each with its template"),
        "ntm-desktop template list vinh-an --dossier ID",
        _list,
    )
    _add_common(listed)
    add_json(listed)
    sample = below.add(
        "sample",
        _("write a template to begin with, every place of the paper in it"),
        "ntm-desktop template sample vinh-an --dossier ID --paper to_trinh --out mau.docx",
        _sample,
    )
    _add_common(sample)
    _add_paper(sample)
    sample.add_argument("--out", metavar="FILE.docx", type=Path, required=True, help=_("file to write"))
    use = below.add(
        "use",
        _("look a template through and write the paper with it from now on"),
        "ntm-desktop template use vinh-an mau.docx --dossier ID --paper to_trinh",
        _use,
    )
    _add_common(use)
    use.add_argument("file", metavar="FILE.docx", type=Path, help=_("the template"))
    _add_paper(use)
    use.add_argument("--check", action="store_true", help=_("only look it through; nothing is changed"))
    add_json(use)
    drop = below.add(
        "drop",
        _("write a paper as the program lays it out again"),
        "ntm-desktop template drop vinh-an --dossier ID --paper to_trinh",
        _drop,
    )
    _add_common(drop)
    _add_paper(drop)


def _add_common(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_dossier(parser)


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", metavar="NAME", required=True, help=_("which paper, by its short name"))


def _frozen(desk: Desk) -> Prepared:
    from ntm_desktop.operations.papers import Signatory, freeze_to_look_at

    return freeze_to_look_at(desk, Signatory("", _("CHAIRPERSON OF THE COMMUNE"), ""))


def _list(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.paper_sections import listed
    from ntm_desktop.operations.templates import in_use

    with at_desk(arguments, reading=True) as desk:
        forms, used = listed(desk), in_use(desk)
    names = {form.id: used[form.id].name if form.id in used else None for form in forms}
    if arguments.json:
        say_json({"papers": [{"id": form.id, "template": names[form.id]} for form in forms]})
        return 0
    for form in forms:
        say(_line(form, names[form.id]))
    return 0


def _line(form: PaperForm, name: str | None) -> str:
    facts = {"id": form.id, "title": str(form.title), "template": name}
    if name is None:
        return _("{id}: {title}, as the program lays it out").format(**facts)
    return _("{id}: {title}, with the template {template}").format(**facts)


def _sample(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.targets import require_file_target
    from ntm_desktop.operations.templates import form_named, write_sample

    require_file_target(arguments.out, arguments.workspace)
    with at_desk(arguments, reading=True) as desk:
        write_sample(form_named(desk, arguments.paper), _frozen(desk).snapshot, arguments.out)
    say(str(arguments.out))
    return 0


def _use(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.templates import check, form_named, keep, read

    template = read(arguments.file)
    with at_desk(arguments, reading=arguments.check) as desk:
        form = form_named(desk, arguments.paper)
        found = check(template, form, _frozen(desk).snapshot)
        if not arguments.check:
            keep(desk, form.id, template)
    if arguments.json:
        say_json(
            {
                "paper": form.id,
                "template": template.name,
                "used": list(found.used),
                "unknown": list(found.unknown),
                "missing": list(found.missing),
            }
        )
    else:
        say(_("Places used: {names}").format(names=", ".join(found.used) or "-"))
        say(_("Places there are none of: {names}").format(names=", ".join(found.unknown) or "-"))
        say(_("Places not used: {names}").format(names=", ".join(found.missing) or "-"))
    if found.unknown:
        tell(_("A place there is none of is printed as its name with a question mark."))
    return 1 if found.unknown else 0


def _drop(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.templates import drop, form_named

    with at_desk(arguments) as desk:
        drop(desk, form_named(desk, arguments.paper).id)
    return 0
