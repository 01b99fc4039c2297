"""What can go wrong with a workspace, each with what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Damaged, Refused, Unavailable


@dataclass(eq=False)
class WorkspaceInUse(Refused):
    """Say that another program has the workspace open for writing, and who started it."""

    folder: str
    who: str
    host: str
    pid: int
    since: str

    code: ClassVar[str] = "workspace_in_use"
    what: ClassVar[str] = "The workspace {folder} is open already: {who}, computer {host}, since {since}."
    safe: ClassVar[str] = "Nothing was changed; what was entered there is saved."
    next_step: ClassVar[str] = "Close it there first, or open it here for reading only."


@dataclass(eq=False)
class WorkspaceExists(Refused):
    """Say that the folder holds a workspace already."""

    folder: str

    code: ClassVar[str] = "workspace_exists"
    what: ClassVar[str] = "There is a workspace in {folder} already."
    safe: ClassVar[str] = "It was not touched."
    next_step: ClassVar[str] = "Open it, or choose an empty folder for the new one."


@dataclass(eq=False)
class FolderNotEmpty(Refused):
    """Say that the folder chosen for a new workspace holds other files."""

    folder: str

    code: ClassVar[str] = "folder_not_empty"
    what: ClassVar[str] = "The folder {folder} holds other files."
    safe: ClassVar[str] = "They were not touched."
    next_step: ClassVar[str] = "Choose a new or an empty folder for the workspace."


@dataclass(eq=False)
class NotAWorkspace(Refused):
    """Say that there is no workspace in the folder."""

    folder: str

    code: ClassVar[str] = "not_a_workspace"
    what: ClassVar[str] = "There is no workspace in {folder}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose the folder that holds the file workspace.ntm, or make a new workspace."


@dataclass(eq=False)
class WorkspaceMissing(Unavailable):
    """Say that the folder of the workspace is not there: a stick taken out, a drive not connected."""

    folder: str

    code: ClassVar[str] = "workspace_missing"
    what: ClassVar[str] = "The folder {folder} is not there."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Connect the disk or the stick it is on, then open it again."


@dataclass(eq=False)
class WorkspaceReadOnly(Unavailable):
    """Say that nothing can be written in the folder of the workspace."""

    folder: str

    code: ClassVar[str] = "workspace_read_only"
    what: ClassVar[str] = "Nothing can be written in {folder}."
    safe: ClassVar[str] = "What is in the workspace is safe and can be read."
    next_step: ClassVar[str] = "Open it for reading only, or copy the folder to a disk that can be written."


@dataclass(eq=False)
class WorkspaceNewer(Refused):
    """Say that a newer program wrote the workspace."""

    folder: str
    found: int
    known: int

    code: ClassVar[str] = "workspace_newer"
    what: ClassVar[str] = "The workspace {folder} was written by a newer version of the program."
    safe: ClassVar[str] = "It was not touched."
    next_step: ClassVar[str] = "Install the newer version of the program, then open it again."


@dataclass(eq=False)
class NewerWithCopy(WorkspaceNewer):
    """Say the same where a copy is at hand that this program can open: most often the one from before the newer one."""

    copy: str
    """Path of the newest such copy."""

    code: ClassVar[str] = "workspace_newer_with_copy"
    what: ClassVar[str] = "The workspace {folder} was written by a newer version of the program."
    safe: ClassVar[str] = "It was not touched."
    next_step: ClassVar[str] = (
        "Install the newer version of the program, then open it again. Or bring the copy from before back into a new "
        "folder: {copy}."
    )


@dataclass(eq=False)
class WorkspaceOlder(Refused):
    """Say that the workspace must be brought up to date, which reading only does not do."""

    folder: str
    found: int
    known: int

    code: ClassVar[str] = "workspace_older"
    what: ClassVar[str] = "The workspace {folder} was written by an older version of the program."
    safe: ClassVar[str] = "It was not touched."
    next_step: ClassVar[str] = (
        "Open it once for writing; a copy is taken first, then it is brought up to date."
    )


@dataclass(eq=False)
class WorkspaceDamaged(Damaged):
    """Say that the workspace cannot be believed: half written, cut off, or changed by something else."""

    folder: str
    detail: str
    """For the technical details only: what was found, in English, without figures or names."""

    code: ClassVar[str] = "workspace_damaged"
    what: ClassVar[str] = "The workspace {folder} is damaged."
    safe: ClassVar[str] = "Nothing more was written to it."
    next_step: ClassVar[str] = (
        "Keep the folder as it is and open the latest copy; run the diagnosis to see what is affected."
    )


@dataclass(eq=False)
class WorkspaceReplaced(Unavailable):
    """Say that the file of the workspace was taken away or another put in its place while it was open."""

    folder: str

    code: ClassVar[str] = "workspace_replaced"
    what: ClassVar[str] = "The file of the workspace {folder} was moved or replaced while it was open."
    safe: ClassVar[str] = (
        "What was just entered was not saved; what was saved before is in the file that was there."
    )
    next_step: ClassVar[str] = (
        "Put the file back where it was, open the workspace again and enter it once more."
    )


@dataclass(eq=False)
class EmptyEvidence(Refused):
    """Say that a file of evidence holds nothing."""

    path: str

    code: ClassVar[str] = "empty_evidence"
    what: ClassVar[str] = "The file {path} is empty (0 bytes)."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Find the complete file, or save it again in the program it comes from."


@dataclass(eq=False)
class FileChanged(Unavailable):
    """Say that a file was changed by another program while it was being read."""

    path: str

    code: ClassVar[str] = "file_changed"
    what: ClassVar[str] = "The file {path} changed while it was being read."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Wait until the other program has finished with it, then add it again."


@dataclass(eq=False)
class EvidenceMissing(Damaged):
    """Say that a file of evidence is not in the store."""

    sha256: str

    code: ClassVar[str] = "evidence_missing"
    what: ClassVar[str] = "A file of evidence is missing from the workspace ({sha256})."
    safe: ClassVar[str] = "What was entered is still there."
    next_step: ClassVar[str] = "Add the same file again, or bring it back from a copy."


@dataclass(eq=False)
class EvidenceDamaged(Damaged):
    """Say that a file of evidence is no longer what was put in."""

    sha256: str

    code: ClassVar[str] = "evidence_damaged"
    what: ClassVar[str] = "A file of evidence was changed after it was added ({sha256})."
    safe: ClassVar[str] = "What was entered is still there."
    next_step: ClassVar[str] = "Add the same file again, or bring it back from a copy."


@dataclass(eq=False)
class DossierLocked(Refused):
    """Say that a dossier was sealed and can no longer be changed."""

    dossier: str
    state: str

    code: ClassVar[str] = "dossier_locked"
    what: ClassVar[str] = "The dossier is sealed and cannot be changed."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Open a new revision of the dossier to correct it."


@dataclass(eq=False)
class YearLocked(Refused):
    """Say that a year is closed and its figures stand as they are."""

    year: int

    code: ClassVar[str] = "year_locked"
    what: ClassVar[str] = "The year {year} is closed; its figures stand as they are."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "Write a correction with its reason, document and date, in the register of figures."
    )


@dataclass(eq=False)
class WrongState(Refused):
    """Say that a dossier cannot go from the state it is in to the one asked for."""

    dossier: str
    state: str
    wanted: str

    code: ClassVar[str] = "wrong_state"
    what: ClassVar[str] = "The dossier is in another state than this step needs."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Look at the list of dossiers and choose the step that fits its state."


@dataclass(eq=False)
class StillInUse(Refused):
    """Say that something cannot be taken away because other entries rest on it."""

    kind: str

    code: ClassVar[str] = "still_in_use"
    what: ClassVar[str] = "This cannot be taken away because other entries use it."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Take away the entries that use it first."


@dataclass(eq=False)
class StoringBeside(Refused):
    """Say that a job is storing much at once, and nothing else can be stored before it is done."""

    folder: str

    code: ClassVar[str] = "storing_beside"
    what: ClassVar[str] = (
        "Many figures are just being stored; nothing else can be stored before that is done."
    )
    safe: ClassVar[str] = "Nothing is lost: what was typed stays where it is."
    next_step: ClassVar[str] = "Wait a moment, then try again."
