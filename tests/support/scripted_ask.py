"""Answers to modal questions, written down before they are asked."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ntm_desktop.ui.ask import AfterBug, Ask, Bug, FileKinds, Question, SecretPrompt


class ScriptedAsk(Ask):
    """Give the next written answer to each question; a question nobody wrote an answer for fails the test."""

    def __init__(self, *answers: object) -> None:
        self._answers = deque(answers)
        self.asked: list[object] = []
        """Every question in the order it came."""

    def answer_with(self, *answers: object) -> None:
        """Write more answers down."""
        self._answers.extend(answers)

    def _answer(self, question: object) -> object:
        self.asked.append(question)
        if not self._answers:
            pytest.fail(f"nobody wrote an answer for {question}")
        return self._answers.popleft()

    def left(self) -> int:
        """Return how many answers were not asked for."""
        return len(self._answers)

    @override
    def confirm(self, parent: QWidget | None, question: Question) -> bool:
        return bool(self._answer(question))

    @override
    def confirm_text(self, parent: QWidget | None, question: Question) -> bool:
        return bool(self._answer(question))

    @override
    def open_file(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        return self._path(kinds)

    @override
    def open_files(self, parent: QWidget | None, kinds: FileKinds) -> tuple[Path, ...]:
        chosen = self._answer(kinds)
        assert isinstance(chosen, tuple)
        return chosen

    @override
    def folder(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        return self._path(kinds)

    @override
    def save_as(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        return self._path(kinds)

    @override
    def secret(self, parent: QWidget | None, prompt: SecretPrompt) -> str | None:
        answer = self._answer(prompt)
        assert answer is None or isinstance(answer, str)
        return answer

    @override
    def show_details(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        self.asked.append((title, text, details))

    @override
    def tell_bug(self, parent: QWidget | None, bug: Bug) -> AfterBug:
        pytest.fail(f"a bug reached the officer: {bug!r}")

    def _path(self, kinds: FileKinds) -> Path | None:
        chosen = self._answer(kinds)
        assert chosen is None or isinstance(chosen, Path)
        return chosen
