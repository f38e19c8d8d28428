"""Changing many records at once: a job that runs beside everything else, and can be undone."""
