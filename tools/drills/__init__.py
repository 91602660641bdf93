"""Drills for operators: an installation, upgrades, the ways back from a loss, walked for real and timed.

Results: docs/operations/.
"""
