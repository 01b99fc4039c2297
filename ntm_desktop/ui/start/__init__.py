"""The first start: three cards and one button; nothing is written before it is pressed."""
