"""How everything looks: tokens, letters, icons, the style sheet and the focus ring.

Rules:
* Hex values stand in `tokens` and nowhere else; sizes are logical pixels at 100 %.
* Nothing here knows facts, criteria or operations.
"""
