"""Records that are one: what looks like it, merging them, and taking that back."""
