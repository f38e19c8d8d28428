"""The contract as data: what Enginy says to a custom CRM, and what it must hear back.

One table of operations (`operations.py`) with the messages they take and give. Routes, the
OpenAPI description, the reference page and every client are made from it, so that they cannot
disagree.
"""
