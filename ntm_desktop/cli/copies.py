"""Commands about copies: backup, restore, and what `doctor` does beyond looking."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json, add_password, add_workspace, at_desk, password_of
from ntm_desktop.cli.printing import Json, say, say_json
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.copies import Known
    from ntm_desktop.operations.doctor import Diagnosis


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    backup = commands.add(
        "backup",
        _("copy a whole workspace into one file, or into a folder of another disk"),
        "ntm-desktop backup vinh-an --out E:/vinh-an.ntmbackup --password-file -",
        _backup,
    )
    add_workspace(backup)
    backup.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help=_("file to write, or a folder that is there")
    )
    add_password(backup)
    add_json(backup)
    restore = commands.add(
        "restore",
        _("bring a workspace back from a copy, into a new folder"),
        "ntm-desktop restore E:/vinh-an.ntmbackup vinh-an-moi",
        _restore,
    )
    restore.add_argument(
        "file", metavar="FILE", type=Path, help=_("one-file copy, or copies/NAME.ntm of a folder")
    )
    restore.add_argument("workspace", metavar="WORKSPACE", type=Path, help=_("new or empty folder"))
    add_password(restore)
    add_json(restore)


def add_to_doctor(doctor: argparse.ArgumentParser) -> None:
    """Let `doctor` do more than look."""
    more = doctor.add_mutually_exclusive_group()
    more.add_argument(
        "--rehearse", action="store_true", help=_("restore the newest copy for trial and compare everything")
    )
    more.add_argument(
        "--mend", action="store_true", help=_("bring missing or changed evidence back from copies")
    )
    more.add_argument(
        "--rescue",
        metavar="FOLDER",
        type=Path,
        help=_("save what can be saved of a damaged workspace into a new folder"),
    )


def _backup(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import copies
    from ntm_desktop.operations.sizes import size_words

    passphrase = password_of(arguments)
    with at_desk(arguments, reading=True) as desk:
        if arguments.out.is_dir():
            made = copies.make_copy(desk.workspace, arguments.out, desk.now(), copies.Watch())
        else:
            made = copies.make_backup(desk.workspace, arguments.out, desk.now(), copies.Watch(), passphrase)
    if arguments.json:
        say_json({**_known(made.known), "new_bytes": made.new_bytes, "missing": list(made.manifest.missing)})
        return 0
    words = _("Copied and read back: {facts} figures, {files} files, {size}, in {place}.")
    say(
        words.format(
            facts=made.manifest.facts,
            files=len(made.manifest.files),
            size=size_words(made.manifest.size),
            place=made.known.place,
        )
    )
    for sha256 in made.manifest.missing:
        say(_("A file of evidence was missing or changed already: {about}").format(about=sha256))
    return 0


def _known(known: Known) -> dict[str, Json]:
    return {"place": known.place, "medium": str(known.medium), "at": known.at, "bytes": known.size}


def _restore(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import copies, restoring
    from ntm_desktop.operations.sizes import size_words

    restored = restoring.restore(arguments.file, arguments.workspace, copies.Watch(), password_of(arguments))
    if arguments.json:
        say_json(
            {
                "folder": str(restored.folder),
                "files": restored.files,
                "bytes": restored.size,
                "damaged": list(restored.damaged),
            }
        )
    else:
        words = _("Restored into {folder}: {files} files, {size}.")
        say(words.format(folder=restored.folder, files=restored.files, size=size_words(restored.size)))
        for name in restored.damaged:
            say(_("This file was damaged or missing in the copy: {name}").format(name=name))
    return 5 if restored.damaged else 0


def rehearse(arguments: argparse.Namespace) -> int:
    """Restore the newest copy for trial, compare everything, and print what came out."""
    from ntm_desktop.operations import copies, restoring
    from ntm_desktop.operations.sizes import size_words
    from ntm_desktop.operations.wording import moment_words

    with at_desk(arguments, reading=True) as desk:
        found = restoring.rehearse(desk.workspace, desk.now(), copies.Watch())
    noted = found.noted
    if arguments.json:
        say_json(
            {
                "agrees": found.agrees,
                "at": noted.at,
                "copy_at": noted.copy_at,
                "facts": noted.facts,
                "files": noted.files,
                "bytes": noted.size,
                "dossiers": noted.dossiers,
                "indicators": found.indicators,
                "seconds": noted.seconds,
                "differing": [*found.compared.differing, *found.compared.missing, *found.flipped],
            }
        )
    else:
        head = _("Restored completely.") if found.agrees else _("The restored workspace differs.")
        say(head)
        words = _(
            "Copy of {at}: {facts} figures the same, {files} files the same ({size}), {dossiers} dossiers opened,"
            " {indicators} indicators computed again, {seconds} seconds."
        )
        say(
            words.format(
                at=moment_words(noted.copy_at),
                facts=noted.facts,
                files=noted.files,
                size=size_words(noted.size),
                dossiers=noted.dossiers,
                indicators=found.indicators,
                seconds=noted.seconds,
            )
        )
        for name in (*found.compared.differing, *found.compared.missing, *found.flipped):
            say(_("Differs: {name}").format(name=name))
    return 0 if found.agrees else 5


def mend(arguments: argparse.Namespace, diagnosis: Diagnosis) -> int:
    """Bring back from copies what evidence is missing or changed, and print what became of it."""
    from ntm_desktop.operations import copies, doctor

    with at_desk(arguments) as desk:
        mended = doctor.mend(desk.workspace, diagnosis, copies.Watch())
    if arguments.json:
        say_json(
            {
                "brought": [[sha256, str(place)] for sha256, place in mended.brought],
                "still": list(mended.still),
            }
        )
    else:
        for sha256, place in mended.brought:
            say(_("Brought back from {place}: {about}").format(place=place, about=sha256))
        for sha256 in mended.still:
            say(_("No copy at hand has it: {about}").format(about=sha256))
        if not mended.brought and not mended.still:
            say(_("No evidence is missing or changed."))
    return 5 if mended.still else 0


def rescue(arguments: argparse.Namespace) -> int:
    """Save what can be saved of a damaged workspace into a new folder, and print what came from where."""
    from ntm_desktop.operations import copies, doctor

    saved = doctor.rescue(arguments.workspace, arguments.rescue, copies.Watch())
    if arguments.json:
        say_json(
            {
                "folder": str(saved.folder),
                "read": saved.read,
                "from_journal": dict(saved.from_journal),
                "from_copy": dict(saved.from_copy),
                "dropped": dict(saved.dropped),
                "unreadable": list(saved.unreadable),
                "files": saved.files,
                "missing_files": saved.missing_files,
            }
        )
        return 0
    say(_("Saved into {folder}; the damaged workspace was not touched.").format(folder=saved.folder))
    say(
        _("{read} entries read, {files} files; {missing} files could not be read.").format(
            read=saved.read, files=saved.files, missing=saved.missing_files
        )
    )
    if saved.unreadable:
        say(_("Damaged in part: {tables}").format(tables=", ".join(saved.unreadable)))
    for sentence, counted in (
        (_("From the journal: {count} of {kind}"), saved.from_journal),
        (_("From the last copy: {count} of {kind}"), saved.from_copy),
        (_("Left out, because what they rest on is lost: {count} of {kind}"), saved.dropped),
    ):
        for kind, count in counted:
            say(sentence.format(count=count, kind=kind))
    return 0
