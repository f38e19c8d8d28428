"""The contract's client: what the checker, the simulator and the connector speak HTTP with.

They stand outside, as Enginy does: this room knows URLs, keys and answers, and nothing of a CRM.
"""
