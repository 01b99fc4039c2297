"""Why an office's own template is not used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused


@dataclass(eq=False)
class NotATemplate(Refused):
    """Say that a file is no Word document of the present format, or a broken one."""

    path: str

    code: ClassVar[str] = "not_a_template"
    what: ClassVar[str] = "The file {path} cannot be read as a Word document (.docx)."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = "Open it in Word, save it as .docx without a password and choose that file."


@dataclass(eq=False)
class TemplateTooLarge(Refused):
    """Say that a template is larger than any letterhead, or takes too long to fill."""

    path: str
    most: int = 8
    """Megabytes."""

    code: ClassVar[str] = "template_too_large"
    what: ClassVar[str] = "The template {path} is too large, or takes too long to fill."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = (
        "Make its pictures smaller (below {most} MB in all) and take out loops in loops."
    )


@dataclass(eq=False)
class TemplateHasPrograms(Refused):
    """Say that a template carries macros or other files that could run."""

    path: str

    code: ClassVar[str] = "template_has_programs"
    what: ClassVar[str] = "The template {path} carries macros or other programs."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = "Open it in Word, save it as .docx, without macros and embedded objects."


@dataclass(eq=False)
class TemplateLinksOut(Refused):
    """Say that a template fetches a part of itself from elsewhere when it is opened."""

    path: str

    code: ClassVar[str] = "template_links_out"
    what: ClassVar[str] = "The template {path} fetches a picture or a part of itself from another place."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = (
        "Put the picture into the file itself (Insert, Pictures), save it and choose it again."
    )


@dataclass(eq=False)
class TemplateReachesOut(Refused):
    """Say that a template asks for more than its places."""

    path: str

    code: ClassVar[str] = "template_reaches_out"
    what: ClassVar[str] = "The template {path} asks for something in the program that is not a place."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = "Use only names of places, if and for; the sample template shows all of them."


@dataclass(eq=False)
class TemplateFaulty(Refused):
    """Say that the places of a template are written wrongly."""

    path: str
    near: str
    """The text around it, as it stands in the template."""

    code: ClassVar[str] = "template_faulty"
    what: ClassVar[str] = "The template {path} cannot be filled: a place is written wrongly, near: {near}"
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = (
        "Compare it with the sample template: braces in pairs, and endfor, endif after every for and if."
    )


@dataclass(eq=False)
class ContentInsideText(Refused):
    """Say that the whole content was asked for in the middle of a text."""

    path: str

    code: ClassVar[str] = "content_inside_text"
    what: ClassVar[str] = "In the template {path} the whole content of the paper is asked for inside a text."
    safe: ClassVar[str] = "No paper was changed; the template used before stays in use."
    next_step: ClassVar[str] = "Give it a paragraph of its own and write it with p: two braces, p, the name."
