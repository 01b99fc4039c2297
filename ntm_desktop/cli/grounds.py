"""Why a file is not VALID, in words."""

from __future__ import annotations

from ntm_desktop.i18n import gettext as _


def ground_sentence(ground: str, about: str) -> str:
    """Return the sentence for a ground of a verification; the ground itself when it is not known here."""
    sentence = _not_valid(ground) or _not_concluded(ground) or ground
    return f"{sentence} ({about})" if about else sentence


def _not_valid(ground: str) -> str:
    return {
        "container_unsound": _("The file is not built as a dossier must be."),
        "file_changed": _("A file inside differs from what was recorded."),
        "file_missing": _("A file that was recorded is not inside."),
        "file_extra": _("A file is inside that was not recorded."),
        "signature_broken": _("A signature does not fit."),
        "dossier_unreadable": _("The figures of the dossier cannot be read."),
        "pack_missing": _("The criterion pack is not inside."),
        "pack_differs": _("The criterion pack is not the one the dossier names."),
        "evidence_differs": _("The evidence is not what the dossier lists."),
        "verdicts_differ": _("Recomputing gives another verdict."),
    }.get(ground, "")


def _not_concluded(ground: str) -> str:
    return {
        "unsigned": _("The dossier is not signed."),
        "signer_unknown": _("The certificate of the signer leads to nobody known here."),
        "certificate_not_valid": _("The certificate of the signer is not valid now."),
        "publisher_unknown": _("Nobody known here published the criterion pack."),
        "pack_unreadable": _("The criterion pack cannot be read by this version."),
        "rules_unknown": _("The rule language is newer than this version."),
        "format_unknown": _("The format of the dossier is newer than this version."),
    }.get(ground, "")
