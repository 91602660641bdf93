"""What tests of exercises need to know of a program: its values as plain data, and how it is written."""
