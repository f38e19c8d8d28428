"""Enginy's door: the contract over HTTP."""
