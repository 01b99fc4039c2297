"""Counts over the communes of a province: by code and year, by commune, on a map."""
