"""What is true of a CRM: pure functions over values, without I/O, clock or randomness."""
