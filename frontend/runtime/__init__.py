"""The Python runtime that browsers load: built once by `manage.py build_runtime`, then only served."""
