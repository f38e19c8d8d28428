"""Records that may be one: pairs, the search for them, and merges."""
