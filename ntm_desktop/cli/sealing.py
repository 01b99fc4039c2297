"""Commands at the end of a dossier: documents, seal, verify."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from ntm_desktop.cli.command import (
    Commands,
    add_dossier,
    add_json,
    add_keys,
    add_workspace,
    at_desk,
    day_of,
    officer,
    secret_from,
    unlocked,
    words,
)
from ntm_desktop.cli.lasting import add_lists, signature_document, signature_lines
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.outside import Standing
    from ntm_desktop.operations.seal import PaperSigner, Signatory
    from ntm_desktop.operations.verify import VerificationReport

_PAPER_KINDS = ("pdf", "docx", "xlsx")
EXIT_CODES = {"VALID": 0, "UNKNOWN": 1, "INVALID": 4}


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    documents = commands.add(
        "documents",
        _("write the papers of a dossier"),
        "ntm-desktop documents vinh-an --dossier ID --out giay-to",
        _documents,
    )
    documents.add_argument(
        "words",
        metavar="[export|import] WORKSPACE [FILE ...]",
        nargs="+",
        action=_Words,
        help=_("export gives papers out to be signed elsewhere, import takes the signed files back"),
    )
    add_dossier(documents)
    documents.add_argument("--out", metavar="DIR", type=Path, help=_("folder to write into"))
    documents.add_argument(
        "--kinds",
        choices=_PAPER_KINDS,
        nargs="+",
        default=_PAPER_KINDS,
        help=_("which files: PDF, Word, tables for Excel; all of them when left out"),
    )
    documents.add_argument(
        "--number",
        metavar="NAME=TEXT",
        type=words,
        action="append",
        default=[],
        help=_("number of a paper, by its file name, before it is given out"),
    )
    documents.add_argument("--date", metavar="DAY", type=day_of, help=_("day on the papers"))
    documents.add_argument(
        "--confirm",
        metavar="NAME=REASON",
        type=words,
        action="append",
        default=[],
        help=_("say why a signed paper that cannot be proven is the one given out"),
    )
    _add_signatory(documents)
    add_json(documents)
    seal = commands.add(
        "seal",
        _("seal a dossier into one signed file"),
        "ntm-desktop seal vinh-an --dossier ID --out ho-so.asice --p12 khoa.p12 --password-file -",
        _seal,
    )
    add_workspace(seal)
    add_dossier(seal)
    seal.add_argument("--out", metavar="FILE.asice", type=Path, required=True, help=_("file to write"))
    how = seal.add_mutually_exclusive_group(required=True)
    add_keys(seal, how.add_argument)
    how.add_argument(
        "--signed-outside", action="store_true", help=_("with the papers that were signed elsewhere")
    )
    seal.add_argument(
        "--signature-image", metavar="PNG", type=Path, help=_("picture of the signature, for the papers")
    )
    seal.add_argument(
        "--hide-signature", action="store_true", help=_("sign the papers without anything to be seen on them")
    )
    seal.add_argument("--body-p12", metavar="FILE", type=Path, help=_("key file of the body, for the papers"))
    seal.add_argument(
        "--body-password-file",
        metavar="FILE",
        default="",
        help=_("file with its password; - reads standard input"),
    )
    seal.add_argument("--seal-image", metavar="PNG", type=Path, help=_("picture of the body's seal"))
    _add_signatory(seal)
    add_json(seal)
    verify = commands.add(
        "verify",
        _("verify a dossier file and recompute every verdict"),
        "ntm-desktop verify ho-so.asice --anchors co-quan.pem --json",
        _verify,
    )
    verify.add_argument("file", metavar="FILE", type=Path, help=_("dossier file, or a signed PDF"))
    verify.add_argument(
        "--anchors", metavar="CERT.pem", type=Path, nargs="+", default=[], help=_("certificates to believe")
    )
    add_lists(verify, _("revocation lists; what they do not know is then not concluded"))
    verify.add_argument(
        "--packs", metavar="SOURCE", help=_("folder or bundle of a publisher, to judge the criterion pack by")
    )
    verify.add_argument(
        "--publisher",
        metavar="FINGERPRINT",
        default="",
        help=_("believe the publisher with this fingerprint, compared with its official letter"),
    )
    add_json(verify)


def _add_signatory(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--signatory", metavar="NAME", type=words, default="", help=_("full name of the one who signs")
    )
    parser.add_argument(
        "--title", metavar="TEXT", type=words, default="", help=_("office of the one who signs")
    )
    parser.add_argument("--place", metavar="TEXT", type=words, default="", help=_("place before the date"))


def _signatory(arguments: argparse.Namespace, name: str) -> Signatory:
    from ntm_desktop.operations.seal import Signatory

    return Signatory(
        arguments.signatory or name, arguments.title or _("CHAIRPERSON OF THE COMMUNE"), arguments.place
    )


class _Words(argparse.Action):
    """Tell what is to be done with the papers from the workspace and the files."""

    @override
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        _option: str | None = None,
    ) -> None:
        given = [words(str(value)) for value in values] if isinstance(values, list) else []
        asked = given.pop(0) if given[0] in ("export", "import") and len(given) > 1 else "write"
        namespace.asked, namespace.workspace = asked, Path(given[0])
        namespace.files = [Path(name) for name in given[1:]]
        if namespace.files and asked != "import":
            parser.error(_("unrecognized arguments: %s") % " ".join(given[1:]))


def _documents(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.papers import Kind, write_papers

    if arguments.asked == "import":
        return _taken_back(arguments)
    if arguments.out is None:
        tell(_("the following arguments are required: %s") % "--out")
        return 2
    if arguments.asked == "export":
        return _given_out(arguments)
    kinds = tuple(Kind(one) for one in arguments.kinds)
    with at_desk(arguments, reading=True) as desk:
        for path in write_papers(desk, arguments.out, _signatory(arguments, officer()), kinds):
            say(str(path))
    return 0


def _given_out(arguments: argparse.Namespace) -> int:
    from datetime import date

    from ntm_desktop.operations.outside import Typed, give_out

    numbers = dict(_pair(text) for text in arguments.number)
    typed = Typed(numbers, date.fromisoformat(arguments.date) if arguments.date else None)
    with at_desk(arguments) as desk:
        for path in give_out(desk, arguments.out, _signatory(arguments, officer()), typed):
            say(str(path))
    return 0


def _taken_back(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.outside import confirm, standing, take_back

    with at_desk(arguments) as desk:
        take_back(desk, arguments.files)
        for text in arguments.confirm:
            confirm(desk, *_pair(text))
        papers = standing(desk)
    if arguments.json:
        say_json({"papers": [standing_document(one) for one in papers]})
    else:
        for one in papers:
            say(standing_line(one))
    return 0 if all(one.counts for one in papers) else 1


def _pair(text: str) -> tuple[str, str]:
    name, _sign, rest = text.partition("=")
    return name.strip(), rest.strip()


def standing_line(paper: Standing) -> str:
    """Return how a paper stands that was given out."""
    from ntm_desktop.operations.verify import paper_state_word

    facts = {"paper": paper.name, "state": paper_state_word(paper.state)}
    if not paper.back:
        return _("{paper}: not back yet").format(**facts)
    if paper.proven:
        return _("{paper}: {state}, proven to be the one given out").format(**facts)
    if paper.confirmed is None:
        return _("{paper}: {state}, CANNOT be proven to be the one given out").format(**facts)
    return _("{paper}: {state}, not proven; confirmed by {who}: {reason}").format(
        **facts, who=paper.confirmed.who, reason=paper.confirmed.reason
    )


def standing_document(paper: Standing) -> Json:
    """Return the JSON of `documents import`; keys and values are a contract."""
    return {
        "name": paper.name,
        "back": paper.back,
        "state": paper.state.value,
        "proven": paper.proven,
        "confirmed_by": paper.confirmed.who if paper.confirmed is not None else None,
    }


def _seal(arguments: argparse.Namespace) -> int:
    if arguments.signed_outside:
        with at_desk(arguments) as desk:
            report = _sealed_outside(desk, arguments)
        return _tell(arguments, report)
    signers = _signers(arguments)
    with at_desk(arguments) as desk:
        report = _sealed(desk, arguments, signers)
    return _tell(arguments, report)


def _tell(arguments: argparse.Namespace, report: VerificationReport) -> int:
    if arguments.json:
        say_json(report_document(report))
    else:
        _say_report(report)
    return 0


def _sealed_outside(desk: Desk, arguments: argparse.Namespace) -> VerificationReport:
    from ntm_desktop.operations.outside import prepare_signed
    from ntm_desktop.operations.seal import build, commit

    prepared, elsewhere = prepare_signed(desk)
    built = build(desk.workspace, prepared, arguments.out, elsewhere)
    commit(desk, built)
    return built.report


def _signers(arguments: argparse.Namespace) -> tuple[PaperSigner, ...]:
    """Unlock every key that was named, the person's first."""
    from ntm_desktop.operations.seal import PaperSigner, Role, read_picture, unlock

    def picture(path: Path | None) -> bytes:
        return read_picture(path) if path is not None else b""

    visible = not arguments.hide_signature
    key, signers = unlocked(arguments), []
    if key is not None:
        signers.append(PaperSigner(key, Role.PERSON, picture(arguments.signature_image), visible))
    if arguments.body_p12:
        body = unlock(arguments.body_p12, secret_from(arguments.body_password_file))
        signers.append(PaperSigner(body, Role.BODY, picture(arguments.seal_image), visible))
    return tuple(signers)


def _sealed(
    desk: Desk, arguments: argparse.Namespace, signers: tuple[PaperSigner, ...]
) -> VerificationReport:
    from ntm_desktop.operations.seal import build, commit, prepare

    name = signers[0].key.certificate.subject if signers else officer()
    prepared = prepare(desk, _signatory(arguments, name))
    built = build(desk.workspace, prepared, arguments.out, signers)
    commit(desk, built)
    return built.report


def _verify(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.verify import verify

    report = verify(
        arguments.file,
        tuple(arguments.anchors),
        arguments.packs,
        confirmed=arguments.publisher,
        lists=tuple(map(Path, arguments.crl)),
    )
    if arguments.json:
        say_json(report_document(report))
    else:
        _say_report(report)
    return EXIT_CODES[report.verification.value]


def _say_report(report: VerificationReport) -> None:
    from ntm_desktop.operations.signature_words import advice
    from ntm_desktop.operations.verify import paper_line
    from ntm_desktop.operations.wording import ground_sentence

    say(report.verification.value)
    say(_("Identity: {identity}").format(identity=report.identity))
    say(_("Files: {ok} of {total} as recorded").format(ok=report.files_ok, total=report.files_total))
    for signature in report.signatures:
        for line in signature_lines(signature):
            say(line)
    if report.pack is not None and report.pack.known:
        name = f"{report.pack.id}@{report.pack.version}"
        say(_("Criterion pack {pack} published by {who}").format(pack=name, who=report.pack.publisher))
    if report.replay.done:
        say(_("Verdicts recomputed: {count} indicators").format(count=report.replay.indicators))
    for paper in report.papers:
        say(paper_line(paper))
    if report.bound_by:
        say(_("The signed index {name} names every file as it is").format(name=report.bound_by))
    for reason in report.reasons:
        tell(ground_sentence(reason.ground.value, reason.about))
    for line in advice(reason.ground for reason in report.reasons):
        tell(line)


def report_document(report: VerificationReport) -> Json:
    """Return the JSON document of `verify`; keys and values are a contract."""
    from ntm_desktop.operations.signature_words import advice

    return {
        "verification": report.verification.value,
        "identity": report.identity,
        "container": {
            "size": report.size,
            "problems": [
                {"code": one.flaw.value, "name": one.name or None, "detail": one.detail}
                for one in report.problems
            ],
        },
        "files": {"total": report.files_total, "ok": report.files_ok},
        "signatures": [signature_document(one) for one in report.signatures],
        "pack": None
        if report.pack is None
        else {
            "id": report.pack.id,
            "version": report.pack.version,
            "sha256": report.pack.sha256,
            "publisher": report.pack.publisher or None,
            "known": report.pack.known,
        },
        "self_declared": list(report.self_declared),
        "replay": {
            "done": report.replay.done,
            "agrees": report.replay.agrees,
            "differences": [
                {
                    "level": flip.level,
                    "code": flip.code,
                    "before": flip.before.value if flip.before is not None else None,
                    "after": flip.after.value if flip.after is not None else None,
                }
                for flip in report.replay.differences
            ],
        },
        "papers": [
            {
                "name": paper.name,
                "state": paper.state.value,
                "given_out": None
                if paper.given is None
                else {
                    "proven": paper.proven,
                    "confirmed_by": paper.given.confirmed.who if paper.given.confirmed is not None else None,
                },
                "signatures": [
                    {
                        "signer": one.facts.signer,
                        "intact": one.facts.intact,
                        "trust": one.facts.trust.value,
                        "time": one.facts.claimed_at.isoformat()
                        if one.facts.claimed_at is not None
                        else None,
                        "after": one.after.value,
                    }
                    for one in paper.signatures
                ],
            }
            for paper in report.papers
        ],
        "bound_by": report.bound_by or None,
        "reasons": [
            f"{reason.ground.value}:{reason.about}" if reason.about else reason.ground.value
            for reason in report.reasons
        ],
        "advice": list(advice(reason.ground for reason in report.reasons)),
    }
