"""Drills for operators: the ways back from a loss, walked for real and timed. Results: docs/operations/backup.md."""
