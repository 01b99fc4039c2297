from __future__ import annotations

import argparse
import ast
import inspect

from ntm_desktop.cli import argparse_words
from ntm_desktop.cli.argparse_words import own_words, translate_argparse


def test_sentences_are_those_argparse_looks_up() -> None:
    sources = inspect.getsource(argparse)
    looked_up = {
        node.args[0].value
        for node in ast.walk(ast.parse(sources))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_"
        and isinstance(node.args[0], ast.Constant)
    } | {node.value for node in ast.walk(ast.parse(sources)) if isinstance(node, ast.Constant)}
    ours = {**argparse_words._help_words(), **argparse_words._complaints()}
    assert [sentence for sentence in ours if sentence not in looked_up] == []


def test_unknown_sentence_stays_as_it_is() -> None:
    assert own_words("something new") == "something new"


def test_argparse_uses_them() -> None:
    translate_argparse()
    assert vars(argparse)["_"] is own_words
