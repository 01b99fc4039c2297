"""The rule language: text to checked syntax tree, and syntax tree to value. See `docs/rule-language.md`."""
