"""A criterion set written in Excel: sheets to pack and back, with the place of everything that is wrong."""
