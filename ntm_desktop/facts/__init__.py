"""Nouns: elements, fields, periods, subjects, facts with their claims, and text to value and back."""
