"""Sign and export: check, preview, sign, export, read back."""
