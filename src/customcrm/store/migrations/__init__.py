"""The steps from an empty database to `tables.py`, each numbered and never changed again."""
