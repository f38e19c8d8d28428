"""Registering a server with Enginy, by Enginy's own API (contract, Connecting)."""
