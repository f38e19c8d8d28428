"""What the server can do: one function per verb, each one transaction, against the ports."""
