"""The input that fits a field, and the text it shows for a fact."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.facts.catalogue import Element, Field, ValueType
from ntm_desktop.facts.fact import Fact
from ntm_desktop.facts.text import show, show_number
from ntm_desktop.facts.words import money_words
from ntm_desktop.ui.look.tokens import NUMBER_WIDTHS
from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import Input, NumberInput, TextInput
from ntm_desktop.ui.parts.tick import YesNoInput

_LONG_TEXT = 260
_CHOICE = 220
_DATE = 140
_PERCENT = 100
_COUNTED = {ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY}


def make_input(element: Element, field: Field) -> Input:
    """Return an empty input for a field; its accessible name is the element's full label."""
    name, label = str(element.label), str(field.label) or str(element.label)
    if element.type in _COUNTED:
        width = NUMBER_WIDTHS[2] if element.type is ValueType.MONEY else NUMBER_WIDTHS[1]
        return NumberInput(name, label=label, unit=_unit(element), width=width)
    if element.type is ValueType.YES_NO:
        return YesNoInput(name, words=label, yes=show(element, True), no=show(element, False))  # noqa: FBT003
    if element.type is ValueType.CHOICE:
        options = [Option(choice.code, str(choice.label)) for choice in element.choices]
        return ChoiceInput(name, options, label=label, width=_CHOICE)
    if element.type is ValueType.DATE:
        return DateInput(name, label=label, width=_DATE)
    return TextInput(name, label=label, width=_LONG_TEXT)


def _unit(element: Element) -> str:
    """Return the unit beside the input; counts say it in their label."""
    if element.type is ValueType.PERCENT:
        return "%"
    if element.type is ValueType.INTEGER:
        return ""
    if element.type is ValueType.MONEY:
        return money_words(element.unit)
    return element.unit


def text_of(element: Element, fact: Fact | None) -> str:
    """Return what an input shows for a fact: the typing where it could not be read, else the value grouped."""
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return ""
    value = claim.value
    if value is None:
        return claim.text
    if isinstance(value, Fraction):
        return show_number(value * _PERCENT if element.type is ValueType.PERCENT else value)
    if element.type is ValueType.CHOICE:
        return str(value)
    return show(element, value)
