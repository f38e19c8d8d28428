"""What people look at: lists, record pages, timelines, numbers. All of it only reads."""
