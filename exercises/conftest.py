# The exercises' own files are material, not tests of ours.
collect_ignore = ["library"]
