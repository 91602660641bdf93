"""What runs inside the student's Python: ordinary modules, unit-tested in CPython, loaded once per worker."""
