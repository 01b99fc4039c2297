"""Fill an office's own Word template, in a child process: little memory, little time, nothing but its places.

A template comes from anywhere. What it may do is bounded three times: its zip before it is inflated, its language (a
sandbox without any function, attribute of the program or other file), and the process it is filled in. Every value is
escaped; the one place that brings marks of its own is what the program itself would have drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, NoReturn, cast

from typing_extensions import override

from ntm_desktop.documents.template_refusals import (
    ContentInsideText,
    NotATemplate,
    TemplateFaulty,
    TemplateHasPrograms,
    TemplateLinksOut,
    TemplateReachesOut,
    TemplateTooLarge,
)
from ntm_desktop.errors import Refused
from ntm_desktop.media.child import Answer, CannotError, in_child

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docxtpl import DocxTemplate
    from jinja2 import Undefined
    from jinja2.sandbox import SandboxedEnvironment

LARGEST: Final = 8 << 20
"""Bytes of a template: a letterhead with its pictures."""
SECONDS: Final = 20
_MOST_INFLATED: Final = 64 << 20
_MOST_PARTS: Final = 2000
_LONGEST_NEAR: Final = 80
_PROGRAMS: Final = re.compile(r"vba|macro|activex|oleobject|/embeddings/", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x06\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML can hold; 7 parts paragraphs here (docxtpl)."""
_TAGS: Final = re.compile(r"<[^>]*>")

Row = Mapping[str, str]
Value = str | Sequence[Row]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the program itself would have drawn, as Word has it."""

    name: str
    """Of the place it takes."""
    xml: str
    styles: tuple[str, ...] = ()
    """The styles it needs, added to a template that lacks them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template, and which places it names."""

    content: bytes
    used: tuple[str, ...]
    unknown: tuple[str, ...]
    """Named, but there is none such: each is printed as its name with a question mark in brackets."""
    missing: tuple[str, ...]
    """Places it does not name."""


def fill_template(template: bytes, name: str, values: Mapping[str, Value], drawn: Drawn) -> Filled:
    """Fill a template; `name` is what the file is called where that is told.

    Raises NotATemplate, TemplateTooLarge, TemplateHasPrograms, TemplateLinksOut, TemplateReachesOut, TemplateFaulty,
    ContentInsideText.
    """
    require_size(len(template), name)
    context = {key: _plain(value) for key, value in values.items()}
    try:
        answer = in_child(fill_job, template, context, drawn.name, drawn.xml, drawn.styles, seconds=SECONDS)
    except CannotError as cannot:
        raise _refusal(name, cannot.reason) from cannot
    names = set(str(answer.facts["used"]).splitlines())
    known = {*values, drawn.name}
    unknown = (names - known) | set(str(answer.facts["unknown"]).splitlines())
    missing = (one for one in (drawn.name, *values) if one not in names)
    return Filled(answer.content, tuple(sorted(names & known)), tuple(sorted(unknown)), tuple(missing))


def require_size(size: int, name: str) -> None:
    """Refuse a template that is too large before it is read. Raises TemplateTooLarge."""
    if size > LARGEST:
        raise TemplateTooLarge(name)


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return _CONTROLS.sub("", value)
    return [{key: _CONTROLS.sub("", text) for key, text in row.items()} for row in value]


def _refusal(name: str, reason: str) -> Refused:
    kind, _colon, detail = reason.partition(":")
    if kind == "faulty":
        return TemplateFaulty(name, detail)
    kinds: Mapping[str, Callable[[str], Refused]] = {
        "content": ContentInsideText,
        "links": TemplateLinksOut,
        "memory": TemplateTooLarge,
        "programs": TemplateHasPrograms,
        "reaches": TemplateReachesOut,
        "size": TemplateTooLarge,
        "time": TemplateTooLarge,
    }
    return kinds.get(kind, NotATemplate)(name)


# ------------------------------------------------------------ in the child


def fill_job(
    template: bytes, context: Mapping[str, Value], drawn_name: str, drawn: str, styles: Sequence[str]
) -> Answer:
    """Fill a template, and tell which places it names."""
    from docxtpl import DocxTemplate
    from markupsafe import Markup

    _require_plain_zip(template)
    document = DocxTemplate(BytesIO(template))
    try:
        document.init_docx()
    except (ValueError, KeyError, OSError, SyntaxError) as fault:  # lxml's errors of syntax are one of these
        raise CannotError("broken") from fault
    word = cast("WordDocument", document.docx)
    _require_whole(word)
    _add_styles(word, styles)
    unknown: set[str] = set()
    values = {**context, drawn_name: Markup(drawn)}  # noqa: S704  # the program's own marks
    names = _rendered(document, values, _environment(unknown))
    _require_no_content_in_text(word)
    made = BytesIO()
    document.save(made)
    facts = {"used": "\n".join(sorted(names)), "unknown": "\n".join(sorted(unknown))}
    return Answer(facts, made.getvalue())


def _require_plain_zip(template: bytes) -> None:
    """Look at the parts before any is inflated."""
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(template)) as parts:
            entries = parts.infolist()
            if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > _MOST_INFLATED:
                raise CannotError("size")
            kinds = parts.read("[Content_Types].xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as fault:
        raise CannotError("broken") from fault
    if _PROGRAMS.search(kinds) or any(_PROGRAMS.search(one.filename) for one in entries):
        raise CannotError("programs")


def _require_whole(word: WordDocument) -> None:
    """Refuse what opening the filled document would fetch; a link that somebody clicks is not fetched."""
    for one in word.part.package.iter_rels():
        if one.is_external and not one.reltype.endswith("/hyperlink"):
            raise CannotError("links")


def _add_styles(word: WordDocument, styles: Sequence[str]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    there = {style.style_id for style in word.styles}
    for xml in styles:
        style = parse_xml(xml)
        if style.get(qn("w:styleId")) not in there:
            word.styles.element.append(style)


def _rendered(
    document: DocxTemplate, values: Mapping[str, object], environment: SandboxedEnvironment
) -> set[str]:
    """Fill it in place and return every name it asks for."""
    from jinja2 import TemplateError
    from jinja2.exceptions import SecurityError

    try:
        document.render(dict(values), environment, autoescape=True)
        names = document.get_undeclared_template_variables(environment)
    except SecurityError as fault:
        raise CannotError("reaches") from fault
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as fault:
        raise CannotError(f"faulty:{_near(fault)}") from fault
    return set(names)


def _near(fault: Exception) -> str:
    """Return the words of the template around a fault, else what the fault says."""
    lines = [" ".join(_TAGS.sub(" ", str(one)).split()) for one in getattr(fault, "docx_context", ())]
    marked = [line for line in lines if "{" in line] or [line for line in lines if line] or [str(fault)]
    return marked[0][:_LONGEST_NEAR]


def _require_no_content_in_text(word: WordDocument) -> None:
    from docx.oxml.ns import qn

    if any(len(text) for text in word.element.body.iter(qn("w:t"))):
        raise CannotError("content")


def _environment(unknown: set[str]) -> SandboxedEnvironment:
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Locked(ImmutableSandboxedEnvironment):
        """Says at once that something is out of reach; an undefined value might be passed over."""

        @override
        def unsafe_undefined(self, obj: object, attribute: str) -> NoReturn:
            raise SecurityError(f"{type(obj).__name__}.{attribute}")

    environment = Locked(autoescape=True, undefined=_unknown_place(unknown))
    environment.globals.clear()
    return environment


def _unknown_place(found: set[str]) -> type[Undefined]:
    """Return what stands for a name there is no place of: it prints its name, never nothing, and is noted."""
    from jinja2 import ChainableUndefined
    from markupsafe import escape

    class Unknown(ChainableUndefined):
        @override
        def __str__(self) -> str:
            name = str(self._undefined_name)
            found.add(name)
            return f"[{name}?]"

        @override
        def __html__(self) -> str:
            return str(escape(str(self)))

    return Unknown
