"""What the terminal can ask for: many requests, files, running code, a check-up."""
