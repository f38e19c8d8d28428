"""What is derived from stored data, derived anew in the background when its rules change."""
