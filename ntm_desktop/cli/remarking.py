"""Commands on one dossier that came in (`review show`, `remark`, `slip` ...), and `returned` at the commune."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import (
    Commands,
    add_json,
    add_keys,
    add_workspace,
    at_desk,
    day_of,
    unlocked,
    words,
)
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.cli.reviewing import add_review, at_review
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.facts.fact import FactKey
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.return_slips import OpenedSlip
    from ntm_desktop.operations.review_remarks import Difference, Kept, Opened

_ROUNDS = ("kiem_tra", "phuc_tra", "tham_tra", "tham_dinh")
_EXAMPLE = "ntm-desktop review {} tham-tra 4f1c"


def add_to(review: Commands) -> None:
    """Add the commands below `review`."""
    show = review.add("show", _("show a dossier with its remarks"), _EXAMPLE.format("show"), _show)
    _add_one(show)
    add_json(show)
    remark = review.add(
        "remark",
        _("write a remark on a requirement, a figure or a file of evidence"),
        _EXAMPLE.format("remark") + ' --at 8.4.d --text "..."',
        _remark,
    )
    _add_one(remark)
    remark.add_argument("--at", metavar="CODE", required=True, help=_("indicator or requirement"))
    remark.add_argument("--text", metavar="TEXT", type=words, required=True, help=_("what the remark says"))
    remark.add_argument("--ask", action="store_true", help=_("a question; without it something to correct"))
    remark.add_argument("--figure", metavar="ELEMENT", default="", help=_("the figure it is about"))
    remark.add_argument(
        "--evidence", metavar="SHA256", default="", help=_("the file of evidence it is about")
    )
    settle = review.add(
        "settle", _("say that a remark is settled"), _EXAMPLE.format("settle") + " 3", _settle
    )
    _add_one(settle)
    settle.add_argument("number", metavar="NUMBER", type=int, help=_("number of the remark"))
    held = review.add(
        "round",
        _("write that a round of the review was held"),
        _EXAMPLE.format("round") + " --kind kiem_tra --day 05/03/2025",
        _round,
    )
    _add_one(held)
    held.add_argument("--kind", choices=_ROUNDS, required=True, help=_("which round"))
    held.add_argument("--day", metavar="DATE", type=day_of, required=True, help=_("when it was held"))
    held.add_argument("--who", metavar="NAME", type=words, default="", help=_("who held it"))
    held.add_argument("--finding", metavar="TEXT", type=words, default="", help=_("what came of it"))
    own = review.add(
        "appraise",
        _("put the reviewer's own value beside the commune's"),
        _EXAMPLE.format("appraise") + " --figure ho_so_truc_tuyen --value 702",
        _appraise,
    )
    _add_one(own)
    own.add_argument("--figure", metavar="ELEMENT", required=True, help=_("the figure it is about"))
    own.add_argument(
        "--value", metavar="TEXT", type=words, required=True, help=_("the value; empty takes it back")
    )
    own.add_argument("--basis", metavar="TEXT", type=words, default="", help=_("what it rests on"))
    _add_ends(review)


def _add_ends(review: Commands) -> None:
    slip = review.add(
        "slip",
        _("return a dossier with a signed slip of its remarks"),
        _EXAMPLE.format("slip") + " --out phieu.p7m --p12 khoa.p12 --password-file -",
        _slip,
    )
    _add_one(slip)
    slip.add_argument("--out", metavar="FILE.p7m", type=Path, required=True, help=_("file to write"))
    slip.add_argument("--kind", choices=_ROUNDS, default="tham_tra", help=_("which round"))
    slip.add_argument("--due", metavar="DATE", type=day_of, help=_("until when the correction is awaited"))
    add_keys(slip, slip.add_mutually_exclusive_group(required=True).add_argument)
    accept = review.add("accept", _("propose a dossier as it is"), _EXAMPLE.format("accept"), _accept)
    _add_one(accept)
    sheet = review.add(
        "print",
        _("write the sheet for the on-site visit"),
        _EXAMPLE.format("print") + " --out phieu.pdf",
        _print,
    )
    _add_one(sheet)
    sheet.add_argument("--out", metavar="FILE.pdf", type=Path, required=True, help=_("file to write"))
    _add_receipt(review)


def _add_receipt(review: Commands) -> None:
    given = review.add(
        "receipt",
        _("write receipts for dossiers that came in, for the stick that goes back"),
        "ntm-desktop review receipt tham-tra --out E:/",
        _receipt,
    )
    add_review(given)
    given.add_argument("identities", metavar="IDENTITY", nargs="*", help=_("only these; all of them if none"))
    given.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write into"))


def _receipt(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.receipts import write_receipts

    with at_review(arguments) as desk:
        named = [desk.dossier(identity) for identity in arguments.identities]
        for path in write_receipts(desk, named or desk.folder.incoming(), arguments.out):
            say(str(path))
    return 0


def add_returned(commands: Commands) -> None:
    """Add the commune's command."""
    parser = commands.add(
        "returned",
        _("take in a return slip, list its remarks and answer them"),
        "ntm-desktop returned vinh-an phieu.p7m --anchors tinh.pem",
        _returned,
    )
    add_workspace(parser)
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_("return slip"))
    parser.add_argument(
        "--anchors", metavar="CERT.pem", type=Path, nargs="+", default=[], help=_("certificates to believe")
    )
    parser.add_argument(
        "--unproven", action="store_true", help=_("take a slip although nobody here knows who signed it")
    )
    parser.add_argument(
        "--answer", metavar=("NUMBER", "TEXT"), nargs=2, type=words, help=_("answer one remark")
    )
    parser.add_argument("--dossier", metavar="ID", help=_("id of the dossier"))
    add_json(parser)


def _add_one(parser: argparse.ArgumentParser) -> None:
    add_review(parser)
    parser.add_argument("identity", metavar="IDENTITY", help=_("identity of the dossier, or its beginning"))


def _figure(opened: Opened, element: str) -> FactKey:
    """Return the commune's figure of that element in the dossier, the latest where there are several."""
    from ntm_desktop.operations.review_remarks import NoSuchPlace

    keys = [fact.key for fact in opened.content.facts if fact.key.element == element and not fact.key.subject]
    if not keys:
        raise NoSuchPlace(element)
    return max(keys, key=lambda key: (not key.plan, key.period))


def _show(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import changed_since, open_dossier, recomputed

    with at_review(arguments) as desk:
        opened = open_dossier(desk, arguments.identity)
        one, notes = opened.incoming, desk.folder.notes
        remarks, rounds = notes.remarks(one.dossier), notes.rounds(one.dossier)
        values = notes.appraised(one.identity)
        after, changed = recomputed(desk, opened), changed_since(desk, opened)
    if not arguments.json:
        say(
            "\t".join(
                (one.commune, one.commune_name, f"{one.met}/{one.total}", one.verification, one.state.value)
            )
        )
        for kept in remarks:
            say(
                "\t".join(
                    (str(kept.remark.number), kept.state.value, kept.remark.requirement, kept.remark.text)
                )
            )
        return 0
    flips = {
        code: whole.verdict.value
        for code, whole in after.indicators.items()
        if whole.verdict is not opened.evaluation.indicators[code].verdict
    }
    document: dict[str, Json] = {
        "identity": one.identity,
        "commune": one.commune,
        "revision": one.revision,
        "state": one.state.value,
        "verification": one.verification,
        "indicators": {code: whole.verdict.value for code, whole in opened.evaluation.indicators.items()},
        "appraised": {
            "values": [
                {"element": each.key.element, "value": each.text, "basis": each.basis} for each in values
            ],
            "flips": flips,
        },
        "remarks": [_kept(kept) for kept in remarks],
        "rounds": [{"kind": r.kind.value, "who": r.who, "day": r.day, "finding": r.finding} for r in rounds],
        "changed": None if changed is None else _changed(changed),
    }
    say_json(document)
    return 0


def _kept(kept: Kept) -> Json:
    one = kept.remark
    return {
        "number": one.number,
        "at": one.requirement,
        "element": None if one.fact is None else one.fact.element,
        "evidence": one.evidence or None,
        "demand": one.demand.value,
        "text": one.text,
        "state": kept.state.value,
        "answer": kept.answer or None,
        "revision": kept.identity,
    }


def _changed(changed: Difference) -> Json:
    return {
        "figures": [
            {
                "element": one.key.element,
                "subject": one.key.subject or None,
                "period": one.key.period,
                "before": one.before.in_use.text if one.before is not None and one.before.in_use else None,
                "after": one.after.in_use.text if one.after is not None and one.after.in_use else None,
            }
            for one in changed.figures
        ],
        "verdicts": [
            {
                "level": flip.level,
                "code": flip.code,
                "before": None if flip.before is None else flip.before.value,
                "after": None if flip.after is None else flip.after.value,
            }
            for flip in changed.flips
        ],
        "evidence": {
            "added": [one.sha256 for one in changed.added],
            "removed": [one.sha256 for one in changed.removed],
        },
    }


def _remark(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import Demand, Remark, add_remark, open_dossier

    with at_review(arguments) as desk:
        opened = open_dossier(desk, arguments.identity)
        made = Remark(
            number=0,
            requirement=arguments.at,
            demand=Demand.ASK if arguments.ask else Demand.CORRECT,
            text=arguments.text,
            fact=_figure(opened, arguments.figure) if arguments.figure else None,
            evidence=arguments.evidence,
        )
        say(str(add_remark(desk, opened, made)))
    return 0


def _settle(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import RemarkState, change_remark

    with at_review(arguments) as desk:
        dossier = desk.dossier(arguments.identity).dossier
        change_remark(desk, dossier, arguments.number, state=RemarkState.SETTLED)
    return 0


def _round(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import RoundKind, add_round

    with at_review(arguments) as desk:
        incoming = desk.dossier(arguments.identity)
        add_round(desk, incoming, RoundKind(arguments.kind), arguments.day, arguments.finding, arguments.who)
    return 0


def _appraise(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import appraise, open_dossier

    with at_review(arguments) as desk:
        opened = open_dossier(desk, arguments.identity)
        after = appraise(desk, opened, _figure(opened, arguments.figure), arguments.value, arguments.basis)
    for code, whole in after.indicators.items():
        before = opened.evaluation.indicators[code].verdict
        if whole.verdict is not before:
            say("\t".join((code, before.value, whole.verdict.value)))
    return 0


def _slip(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.return_slips import prepare_slip, write_slip
    from ntm_desktop.operations.review_remarks import RoundKind

    with at_review(arguments) as desk:
        due = date.fromisoformat(arguments.due) if arguments.due else None
        slip = prepare_slip(desk, desk.dossier(arguments.identity), RoundKind(arguments.kind), due)
        key = unlocked(arguments)
        size = write_slip(desk, slip, key, arguments.out)
    say(_("{count} remarks, {size} bytes").format(count=len(slip.remarks), size=size))
    return 0


def _accept(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import accept

    with at_review(arguments) as desk:
        accept(desk, desk.dossier(arguments.identity))
    return 0


def _print(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_remarks import open_dossier
    from ntm_desktop.operations.visit_sheet import write_visit_sheet

    with at_review(arguments) as desk:
        write_visit_sheet(desk, open_dossier(desk, arguments.identity), arguments.out)
    return 0


def _returned(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.return_slips import open_slip
    from ntm_desktop.operations.returned import answer_remark, slip_of, take_slip
    from ntm_desktop.operations.verify import load_anchors

    anchors = load_anchors(arguments.anchors)
    with at_desk(arguments) as desk:
        if arguments.file is not None:
            opened = open_slip(arguments.file, anchors, datetime.now(UTC))
            tell(_("Signed by {signer}").format(signer=opened.signer or "-"))
            if opened.verification.value != "VALID" and not arguments.unproven:
                tell(
                    _(
                        "Nobody here knows who made this slip. Ask the office by telephone, then add --unproven."
                    )
                )
                return 1
            take_slip(desk, opened)
        found = slip_of(desk, anchors)
        if found is None:
            tell(_("This dossier answers no return slip."))
            return 1
        if arguments.answer is not None:
            answer_remark(desk, found, int(arguments.answer[0]), arguments.answer[1])
        document = _answered(desk, found)
    if arguments.json:
        say_json(document)
        return 0
    for one in found.slip.remarks:
        say("\t".join((str(one.number), one.demand.value, one.requirement, one.text)))
    return 0


def _answered(desk: Desk, found: OpenedSlip) -> Json:
    from ntm_desktop.operations.returned import answerable, changes

    slip = found.slip
    return {
        "dossier": slip.dossier,
        "revision": slip.revision,
        "office": slip.office,
        "signer": found.signer or None,
        "verification": found.verification.value,
        "due": None if slip.due is None else slip.due.isoformat(),
        "remarks": [
            {
                "number": one.remark.number,
                "at": one.remark.requirement,
                "demand": one.remark.demand.value,
                "text": one.remark.text,
                "answer": one.answer or None,
                "changed": one.changed,
            }
            for one in answerable(desk, found)
        ],
        "changed": _changed(changes(desk)),
    }
