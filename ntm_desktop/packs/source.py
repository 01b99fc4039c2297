"""A folder of readable JSON files to a criterion set and the bytes of its pack.

The format is told in `docs/pack-source.md`, its schema is `resources/schema/pack-source.schema.json`. A set lies in a
folder of its own name; beside it lies the folder of the catalogue it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.packs.assembly import BuiltPack, Piece, RawCatalogue, RawSource, assemble, texts_of
from ntm_desktop.packs.files import place_of, read_file
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem
from ntm_desktop.packs.shape import Findings, Place
from ntm_desktop.paths import resources_folder

__all__ = ["BuiltPack", "build"]


def build(folder: Path, library: Mapping[str, CriterionSet] | None = None) -> BuiltPack:
    """Build the pack of one set; `library` holds the sets its rules refer to, by id.

    Raises:
        PackSourceRefused: Something in the source is not right; lists every problem.
    """
    findings = Findings()
    built = assemble(_read(folder, findings), findings, library or {})
    if built is None:
        raise PackSourceRefused(folder.name, tuple(sorted(set(findings.problems), key=_order)))
    return built


def _order(problem: SourceProblem) -> tuple[str, str, str, str]:
    return problem.file, problem.path, problem.code, problem.found


def _read(folder: Path, findings: Findings) -> RawSource:
    """Read the files of a set and of the catalogue it names."""
    head = read_file(folder / "set.json", findings)
    place = place_of(folder / "set.json")
    if head.get("id") != folder.name:
        findings.note(place.key("id"), "wrong_folder", head.get("id"), folder.name)
    catalogue = read_catalogue(folder.parent, head.pop("catalogue", None), place.key("catalogue"), findings)
    catalogue.documents.append(Piece(head.pop("documents", {}), place.key("documents")))
    return RawSource(
        head=head,
        place=place,
        catalogue=catalogue,
        profile=texts_of(head.pop("profile", [])),
        documents=texts_of(head.pop("sources", [])),
        criteria=[
            Piece(read_file(path, findings), place_of(path))
            for path in sorted((folder / "criteria").glob("*.json"))
        ],
    )


def read_catalogue(parent: Path, name: object, place: Place, findings: Findings) -> RawCatalogue:
    """Read the catalogue that is named `id@version`."""
    id_, _, version = str(name).partition("@")
    folder = parent / id_
    if not (folder / "catalogue.json").is_file():
        folder = resources_folder() / "packs" / Path(id_).name
    if not (folder / "catalogue.json").is_file():
        findings.note(place, "wrong_catalogue", name, "vn-danh-muc-so-lieu@1.0.0")
        return RawCatalogue()
    data = read_file(folder / "catalogue.json", findings)
    here = place_of(folder / "catalogue.json")
    if (data.get("id"), data.get("version")) != (id_, version):
        findings.note(place, "wrong_catalogue", name, f"{data.get('id')}@{data.get('version')}")

    def pieces(key: str, names: object) -> list[Piece]:
        files = _files(names, here.key(key), findings)
        return [
            Piece(read_file(folder / file, findings).get(key, {}), place_of(folder / file).key(key))
            for file in files
        ]

    return RawCatalogue(
        id=id_,
        version=version,
        elements=pieces("elements", data.get("elements")),
        registers=[Piece(data.get("registers", {}), here.key("registers"))],
        profile=[Piece(data.get("profile", {}), here.key("profile"))],
        documents=pieces("documents", [data.get("documents")]),
    )


def _files(data: object, place: Place, findings: Findings) -> list[str]:
    """Return the named files; none may lead out of the catalogue's folder."""
    names = sorted(texts_of(data))
    for name in names:
        if Path(name).name != name:
            findings.note(place, "wrong_file_name", name)
    return [name for name in names if Path(name).name == name]
