"""What people write to one another, in ten languages."""
