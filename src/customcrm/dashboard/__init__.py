"""The human's door: pages for the people who work with what Enginy has brought.

Rendered on the server; readable and usable with scripts off. It asks operations and knows no SQL.
"""
