"""The built-in backend, and the only room that knows SQL."""
