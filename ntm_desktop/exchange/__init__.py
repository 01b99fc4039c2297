"""Cells to proposed facts plus a problem per refused cell, and facts to cells: forms, files, lists."""
