"""What the authoring workbook says to people: captions under the headings, notes, and the guide."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_desktop.criteria.papers import BLOCKS, PLACES
from ntm_desktop.i18n import gettext as _
from ntm_desktop.packs.workbook.columns import PLANS, SheetPlan


def caption(heading: str, sheet: str) -> str:
    """Return the words under a heading, in the officer's language."""
    captions = _captions()
    return captions.get(f"{sheet}.{heading}", captions.get(heading, heading))


def note(heading: str, sheet: str) -> str:
    """Return what is shown when the pointer rests on a heading; empty where the caption says it all."""
    notes = _notes_of_parts() | _notes_of_lists() | _notes_of_registers()
    text = notes.get(f"{sheet}.{heading}", notes.get(heading, ""))
    column = PLANS[sheet].column(heading)
    if column is not None and column.needed:
        text = f"{text}\n{_('Must be filled in.')}".lstrip("\n")
    return text


def guide_lines(plans: Mapping[str, SheetPlan]) -> tuple[tuple[str, str], ...]:
    """Return the lines of the guide of a workbook: a word and what there is to say."""
    sheets = dict((*_sheets(), *_register_sheets()))
    return (*_how_to(), ("", ""), *((name, sheets[name]) for name in plans))


def _how_to() -> tuple[tuple[str, str], ...]:
    return (
        (_("First row"), _("The names of the columns. The program reads by them: do not change them.")),
        (_("Second row"), _("The same in plain words. Rest the pointer on a heading to read what it takes.")),
        (_("Dark headings"), _("Every row must fill these cells. Other cells may stay empty.")),
        (_("Remarks"), _("A row whose first cell starts with # is for people; the program leaves it out.")),
        (_("English"), _("A column label::en beside label holds the English text; the same for every text.")),
        (_("Decimals"), _("Write them with a point, a percentage with its sign: 58.5 or 30%.")),
        (
            _("Rules"),
            _(
                "Figures stand in ${ }: ratio(${ho_so_truc_tuyen}, ${ho_so_giai_quyet}). A blank is unknown, not zero."
            ),
        ),
        (
            _("Who says so"),
            _(
                "basis is official when the text itself was compared, reported when an article says so, delegated when"
                " the province decides, missing when nobody has read it. Only official and reported carry a value."
            ),
        ),
        (
            _("Examples"),
            _("Facts with the verdicts they must give. A set that fails its own examples is not built."),
        ),
        (_("Check"), _("ntm-desktop pack check FILE lists everything that is wrong, with its cell.")),
    )


def _sheets() -> tuple[tuple[str, str], ...]:
    return (
        ("settings", _("The set itself: one row.")),
        ("documents", _("Documents that other sheets name by their id.")),
        (
            "catalogue",
            _("Figures the commune enters. A type of register opens a running list; its columns follow."),
        ),
        ("profile", _("Properties of the commune that thresholds look at, such as its region.")),
        ("criteria", _("Criteria, in order.")),
        ("indicators", _("Indicators, each under its criterion.")),
        (
            "requirements",
            _("What must hold: one row for each thing that is judged. An indicator may have several."),
        ),
        ("thresholds", _("Values to compare with, where one value for all is not enough.")),
        (
            "survey",
            _("What is asked for a requirement. Without rows here, the figures of its rule are asked."),
        ),
        ("choices", _("Lists to choose from. The list called tags declares the tags of indicators.")),
        ("evidence", _("What must be shown.")),
        ("bands", _("Grades of a set that counts points.")),
        ("migrations", _("Figures whose name or meaning changed since an earlier version.")),
        ("papers", _("Official papers in the order of the dossier. Without rows here, the usual ones.")),
        ("paper_parts", _("What stands in a paper, from top to bottom.")),
        ("examples", _("One row for each fact and each verdict that is expected.")),
    )


def _register_sheets() -> tuple[tuple[str, str], ...]:
    return (
        ("book", _("The register book itself: one row.")),
        ("registers", _("Registers in the order they are shown, each with how it is kept.")),
        ("register_columns", _("Columns of the registers, in their order.")),
        ("proposals", _("Figures of the commune that are read off a register or the table of hamlets.")),
        ("surveys", _("Surveys of households, tallied by hamlet.")),
        ("survey_questions", _("What is asked in a survey: one row for each content.")),
    )


def _register_captions() -> dict[str, str]:
    return {
        "book_id": _("Short name"),
        "purpose": _("What it is for"),
        "key": _("Which line is meant"),
        "due": _("Time limit runs from"),
        "months": _("Months"),
        "done": _("Done when"),
        "headings": _("Other headings"),
        "element": _("Figure"),
        "table": _("Read off"),
        "where": _("Lines that count"),
        "dated": _("Day in the year"),
        "distinct": _("The same counts once"),
        "total": _("Added up"),
        "survey": _("Survey"),
        "introduction": _("Words above the questions"),
        "overall": _("Satisfied on the whole"),
        "sent": _("Forms handed out"),
        "valid": _("Valid forms"),
        "households": _("Households"),
        "survey_questions.text": _("Question"),
        "sample_share": _("Share to be asked"),
        "sample_count": _("Number to be asked"),
        "sample_basis": _("Who says so"),
        "sample_source": _("Where it is said"),
    }


def _notes_of_registers() -> dict[str, str]:
    return {
        "book.catalogue": _(
            "id@version of a catalogue whose figures are named here. Empty: everything stands here."
        ),
        "purpose": _("One sentence. Registers with one are shown in the order of the rows."),
        "key": _("Columns with a space between. A line that agrees in them is the same line, written anew."),
        "due": _("Column with the day the limit runs from."),
        "months": _("How long the limit is. Empty: the day itself is the limit."),
        "done": _("Yes/no column: once it says yes the limit no longer matters."),
        "headings": _("Other words offices head this column with, one in each line."),
        "register_columns.label": _("Empty together with the type: the figure stands in the catalogue."),
        "register_columns.type": _(
            "integer, decimal, percent, money, yes_no, text, date or select_one LIST."
        ),
        "element": _("Name of a figure."),
        "table": _("A register, or hamlets."),
        "where": _('A rule over the columns: ${th_noi_dung} = "chuyen_doi_so". Empty: every line.'),
        "dated": _(
            "Column whose day must lie in the year. Empty: lines that count on the day of assessment."
        ),
        "distinct": _("Columns with a space between that say who or what is counted."),
        "total": _("Column that is added up. Empty: lines are counted."),
        "survey": _("Lower-case letters, digits and underscores."),
        "survey_questions.text": _("As it stands on the slip."),
        "sample_share": _("Share of the households: 60%. Of share and number the larger one counts."),
        "sample_count": _("At least so many; all, where there are fewer."),
        "sample_basis": _("official or reported, where a share or a number is given."),
        "sample_source": _("Document or publication; shown beside the number."),
    }


def _captions() -> dict[str, str]:
    return _register_captions() | {
        "abstract": _("Abstract"),
        "addressed": _("Addressed to"),
        "basis": _("Who says so"),
        "block": _("Ready table or passage"),
        "catalogue": _("Catalogue and version"),
        "change_asked": _("Asked over a change of"),
        "choices.name": _("Code of the choice"),
        "checked_by": _("Compared by"),
        "checked_on": _("Compared on"),
        "code": _("Code"),
        "columns": _("Heads of the table"),
        "complete": _("Complete"),
        "constraint": _("Must hold"),
        "constraint_code": _("Code of the check"),
        "constraint_message": _("Message when it does not"),
        "conversion": _("Conversion"),
        "criterion": _("Of criterion"),
        "date": _("Date"),
        "default_language": _("Language"),
        "definition": _("What counts"),
        "document": _("Document"),
        "example": _("Example"),
        "figures": _("Figures listed"),
        "from_version": _("From version"),
        "grade": _("Grade"),
        "group": _("Group"),
        "guidance": _("What must be true"),
        "guidance_documents": _("Documents to read"),
        "guidance_how": _("How it is computed"),
        "guidance_must": _("What must be true"),
        "guidance_note": _("Remark"),
        "guidance_period": _("Period of the figures"),
        "guidance_where": _("Where the figures come from"),
        "heading": _("Heading"),
        "hint": _("Hint"),
        "id": _("Short name"),
        "indicator": _("Of indicator"),
        "issuer": _("Issued by"),
        "kind": _("Kind"),
        "kinds": _("Kinds of file"),
        "label": _("Name"),
        "layout": _("Pages"),
        "legal_basis": _("Legal basis"),
        "level": _("Level"),
        "lever": _("What can still change"),
        "list_name": _("List"),
        "measure": _("How it is measured"),
        "merge": _("When communes merge"),
        "min_app_version": _("Program at least"),
        "min_count": _("At least"),
        "name": _("Name in rules"),
        "new_name": _("New name"),
        "note": _("Note"),
        "number": _("Number"),
        "old_name": _("Old name"),
        "operator": _("Compared"),
        "paper": _("Paper"),
        "papers.kind": _("Kind as printed"),
        "papers.title": _("Name in lists"),
        "parent": _("Parent set"),
        "pass": _("Met when"),
        "period": _("Period"),
        "personal": _("Personal data"),
        "points": _("Points"),
        "profile.type": _("List of choices"),
        "publisher": _("Published by"),
        "rank": _("Rank"),
        "recipients": _("Recipients"),
        "references": _("Other sets it reads"),
        "register": _("Of register"),
        "relevant": _("Applies when"),
        "required": _("Required"),
        "requirement": _("Requirement"),
        "rows": _("First cells"),
        "rule_language": _("Rule language"),
        "section": _("Section the officers write"),
        "sector": _("Sector in charge"),
        "sent": _("Part of the dossier"),
        "set_id": _("Code of the set"),
        "settings.title": _("Title of the set"),
        "severity": _("Weight"),
        "short_name": _("Short name (22 letters)"),
        "short_title": _("Short title"),
        "source": _("Source"),
        "stage": _("Condition of the set"),
        "subject": _("About whom"),
        "symbol": _("Symbol"),
        "tags": _("Tags"),
        "text": _("Text"),
        "threshold": _("Threshold"),
        "title": _("Title"),
        "type": _("Type"),
        "unit": _("Unit"),
        "valid_from": _("From year"),
        "valid_to": _("To year"),
        "value": _("Value"),
        "version": _("Version"),
        "when": _("Applies when"),
        "within": _("Dated within"),
        "year": _("Year"),
        "year_from": _("From year"),
        "year_to": _("To year"),
    }


def _notes_of_parts() -> dict[str, str]:
    rule = _("A rule: figures stand in ${ }, properties of the commune in ${profile: }.")
    return {
        "set_id": _("Lower-case letters, digits and hyphens: tinh-nghe-an-xa-ntm"),
        "version": _(
            "Three numbers. Raise the last when no verdict can change, else the second: 1.0.1, 1.1.0"
        ),
        "level": _("ntm, nang_cao, kieu_mau, or a word of your own"),
        "parent": _(
            "A province's set names the set it stands on: id@version+SHA-256. It then holds only what differs."
        ),
        "legal_basis": _("Short names from the sheet documents, with a space between."),
        "catalogue": _(
            "Name and version of the list of figures: vn-danh-muc-so-lieu@1.0.0. Empty: the set's own."
        ),
        "rule_language": _("Empty: the newest this program knows."),
        "min_app_version": _("Only where an older program must not open this set: 1.2.0"),
        "references": _("Codes of other sets whose thresholds are read."),
        "complete": _("no: parts are not known yet. Such a set or criterion is never met. Empty: yes."),
        "pass": _(
            "How the parts make the whole: all, any, at_least 3, points 50, or a rule over codes. Empty: all."
        ),
        "requirements.pass": _("For the kind yes_no: the rule that must be yes.") + "\n" + rule,
        "measure": _(
            "For all kinds but yes_no: the rule that gives the figure. A ratio is ratio(part, whole)."
        )
        + "\n"
        + rule,
        "relevant": _("When it does not apply it is left out. Empty: always.") + "\n" + rule,
        "kind": _(
            "ratio: a share. count: a number of things. amount: a quantity. yes_no: yes or no. points: points."
        ),
        "lever": _(
            "numerator: only the part grows. both: a new case raises part and whole. value: the figure itself. none:"
            " cannot be changed any more."
        ),
        "operator": _("> is more than, >= at least, < less than, <= at most, = equal."),
        "threshold": _("One value for all communes. Several: use the sheet thresholds. Write 30% or 12.5"),
        "basis": _("official, reported, delegated or missing. Empty: missing."),
        "document": _("Short name from the sheet documents. Needed for official and reported."),
        "short_name": _("At most 22 letters. Empty: the name, where it is short enough."),
        "requirements.code": _("Code of the indicator, a dot and a letter: 8.4.a"),
        "indicators.code": _("Code of the criterion, a dot and a number: 8.4"),
        "stage": _(
            "Only for conditions of the whole set: precondition, recognition, revocation. Then no indicator."
        ),
        "points": _(
            "What it is worth in a set that counts points; of the kind points: the most it can be worth."
        ),
        "bands.points": _("From so many points on."),
        "when": rule + "\n" + _("Empty: always."),
        "value": _("A number, a percentage or a rule. Empty where basis is delegated or missing."),
        "choices.name": _("Lower-case letters, digits and underscores. Rules compare with it."),
        "examples.value": _(
            "A fact as an officer types it: 2.382 or 58,5. A verdict: MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE."
        ),
        "rank": _("0: the centre, 1: the province. The higher one wins. Empty: 0, in a province's set 1."),
    }


def _notes_of_lists() -> dict[str, str]:
    return {
        "name": _("Lower-case letters, digits and underscores. Rules name the figure so."),
        "examples.name": _(
            "Name of a figure; name@hamlet and name@hamlet@period too. Of a verdict: its code, or set."
        ),
        "catalogue.type": _(
            "integer, decimal, percent, money, yes_no, text, date, select_one LIST; register opens a list."
        ),
        "profile.type": _("select_one and the name of a list in the sheet choices."),
        "survey.type": _(
            "As in the catalogue. begin_repeat and end_repeat stand around the columns of a table."
        ),
        "survey.name": _("A figure of the catalogue. After begin_repeat: a register, or hamlets."),
        "survey.period": _("Empty: the dossier's year. -1: the year before."),
        "catalogue.period": _("year, half, quarter, month, day or none. Empty: year."),
        "unit": _("As printed after the number. For money: dong, nghin_dong, trieu_dong, ty_dong."),
        "definition": _("What counts and what does not: the words that make two offices count the same."),
        "merge": _(
            "sum: added. average: the plain mean. average:FIGURE: the mean weighed by that figure. ask: entered anew."
            " Empty: ask."
        ),
        "change_asked": _(
            "An explanation is asked when the figure changes by more than this against the year before: 20%. Empty: as"
            " the sheet settings says."
        ),
        "settings.change_asked": _("The same for all figures that say none of their own. Empty: 30%."),
        "personal": _("yes: never enters a dossier. Empty: no."),
        "subject": _("commune, hamlet or record. Empty: commune; with a register: record."),
        "register": _("The register this figure is a column of."),
        "required": _("Empty: yes."),
        "constraint": _("A rule about the figures themselves: ${tu_so} <= ${mau_so}"),
        "severity": _("soft: asks to look again. blocking: keeps from signing. Empty: soft."),
        "kinds": _("pdf, image, table, text, signed, with a space between. Empty: any."),
        "min_count": _("Empty: 1."),
        "within": _("period: dated in the dossier's year. Empty: any date."),
        "conversion": _("A rule over the old name: ${ten_cu} * 100. Empty: taken as it is."),
        "examples.type": _("fact, expected, profile, hamlet or record."),
        "date": _("Day/month/year."),
        "checked_by": _("Needed where basis is official."),
        "paper": _("Lower-case letters, digits and underscores; the file is named so."),
        "papers.kind": _("In capitals, as it stands above the abstract."),
        "symbol": _("Behind the number: TTr-UBND"),
        "layout": _("portrait or landscape. Empty: portrait."),
        "recipients": _("One in each line of the cell."),
        "sent": _("no: used in the commune only. Empty: yes."),
        "text": _("Paragraphs, one in each line. Names in braces are filled: {names}").format(
            names=" ".join(f"{{{name}}}" for name in sorted(PLACES))
        ),
        "block": _("One of: {names}").format(names=", ".join(sorted(BLOCKS))),
        "figures": _("Names of figures of the commune, with a space between."),
        "section": _("Its name. Sections of the same name share their text between papers."),
        "columns": _("One head in each line: the officers then fill a table, a row in each line."),
        "rows": _("One in each line: the first column, given already."),
        "list_name": _("Type select_one names the list so. The list tags declares tags."),
    }
