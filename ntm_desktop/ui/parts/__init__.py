"""The parts every screen is built from.

Rules:
* Parts take plain values (words, numbers for painting, `tokens.State`), never facts, criteria or operations.
* A part that can have the focus has an accessible name from its constructor on.
* Colours and sizes come from `look`; text goes through `Words`, so that no accent is ever cut.
"""
