"""The booth as people see it, in a real browser."""
