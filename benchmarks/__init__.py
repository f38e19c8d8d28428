"""Measures the server under load, beside what SQLite alone would do: `python -m benchmarks`."""
