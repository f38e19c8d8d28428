"""What both doors share: connections and their limits, and how requests are read."""
