"""Files in and out: workbooks for others to fill in, what comes back, tables of other programs, forms on paper."""
