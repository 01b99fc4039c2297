"""Workbooks and CSV as cells with addresses: read fast and hostile-proof, written formatted."""
