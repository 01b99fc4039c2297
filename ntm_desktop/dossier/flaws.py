"""What can be wrong with a container, as stable codes that faces explain and scripts rely on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """Name one thing that a container must not have. The values are a contract: add, never rename."""

    # The zip around the files.
    TRAILING_DATA = "trailing_data"
    HIDDEN_DATA = "hidden_data"
    OVERLAPPING_FILES = "overlapping_files"
    TOO_MANY_FILES = "too_many_files"
    UNSAFE_NAME = "unsafe_name"
    DUPLICATE_NAME = "duplicate_name"
    ENCRYPTED = "encrypted"
    COMPRESSION = "compression"
    ZIP_FEATURE = "zip_feature"
    NOT_A_FILE = "not_a_file"
    SIZES = "sizes"
    INFLATES_TOO_FAR = "inflates_too_far"
    LOCAL_HEADER = "local_header"
    CHECKSUM = "checksum"
    # The roles of the files.
    MIMETYPE = "mimetype"
    MANIFEST_MISSING = "manifest_missing"
    FILE_TOO_LARGE = "file_too_large"
    SIGNATURE_UNREFERENCED = "signature_unreferenced"
    # The manifest.
    MANIFEST_NOT_XML = "manifest_not_xml"
    MANIFEST_DECLARATION = "manifest_declaration"
    MANIFEST_FORM = "manifest_form"
    MANIFEST_DIGEST_METHOD = "manifest_digest_method"
    MANIFEST_DIGEST = "manifest_digest"
    MANIFEST_NAME = "manifest_name"


@dataclass(frozen=True, slots=True)
class ContainerProblem:
    """One flaw and where it is."""

    flaw: Flaw
    name: str = ""
    """The file inside the container it is about; empty: the container as a whole."""
    detail: str = ""
    """For a log or a specialist: a number, a rule; never translated."""
