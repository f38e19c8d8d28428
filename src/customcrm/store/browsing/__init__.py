"""What people's pages ask of the data. Everything here only reads."""
